import type { CopyForm, PopoverBridge } from '../../../electron/contract/popover.ts'
import type { Outcome } from '../../../electron/contract/requests.ts'
import type { SettingOutcome } from '../../../electron/contract/settings.ts'
import type { BrokerPage, Morning } from '../../../electron/contract/state.ts'
import { placeAfter, type Move } from './order.ts'
import { wantsLogin } from '../card/remedy.ts'
import type { Store } from './store.ts'

/** Lists the page's requests. None of them rejects, because the page shows the failure. */
export interface Actions {
  login: (name: string) => Promise<void>
  /** Lets the user sign in on the broker's page, this once. */
  signIn: (name: string) => Promise<void>
  openPage: (name: string, page: BrokerPage) => Promise<void>
  loginAll: () => Promise<void>
  cancelLogin: (name: string) => Promise<void>
  answerCode: (name: string, code: string) => Promise<void>
  /** Copies the token. `soon` leaves time to see that it was copied. */
  copyToken: (name: string, then: 'stay' | 'hide' | 'soon', form?: CopyForm) => Promise<void>
  copyCode: (name: string) => Promise<void>
  copyDiagnostics: (name: string) => Promise<void>
  /** Copies the address that the broker does not accept, and resolves with whether it is copied. */
  copyAddress: (name: string) => Promise<boolean>
  /** Copies the command that installs a keychain, and resolves with whether it is copied. */
  copyInstallKeychain: () => Promise<boolean>
  addPractice: () => Promise<void>
  logout: (name: string) => Promise<void>
  /** Puts an account first in the list; none for null. */
  pinAccount: (name: string | null) => Promise<void>
  /** Shows the history of an account in place of the list; the list for null. */
  showHistory: (name: string | null) => void
  getHistory: (name: string) => ReturnType<PopoverBridge['getHistory']>
  removeAccount: (name: string) => Promise<void>
  moveAccount: (move: Move) => Promise<void>
  /** Sets whether the schedule logs an account in. */
  setMorning: (name: string, morning: Morning) => Promise<void>
  /** Pauses the morning run for the rest of `today`, or until a day (`YYYY-MM-DD`). */
  pauseSchedule: (until: string) => Promise<void>
  resumeSchedule: () => Promise<void>
  openAccountForm: (name: string | null) => Promise<void>
  openSettings: () => Promise<void>
  checkKeychain: () => Promise<void>
  dismissNotice: (notice: string) => Promise<void>
  /** Has the system start TokenTray at login, or leaves that. */
  answerStart: (start: boolean) => Promise<void>
  hide: () => Promise<void>
  /** Keeps the popover from hiding by itself while the page asks the user something. */
  hold: (isHeld: boolean) => void
  /** Unlocks, and resolves with why that failed; null when it did not. */
  unlock: (passphrase: string) => Promise<string | null>
  unlockByTouch: () => Promise<string | null>
  /** Moves the window, CSS pixels. */
  moveBy: (dx: number, dy: number) => void
  /** Reports the height that the page wants for its window, CSS pixels. */
  fit: (height: number) => void
  say: (words: string) => void
}

/** How long a button shows that it has copied before the popover hides, ms. */
const SEEN_MS = 600

const broken = { message: 'That did not work.', next: 'Try again; if it stays so, restart TokenTray.' }

export function createActions(bridge: PopoverBridge, store: Store): Actions {
  /** Hides the popover after a copy, unless the user does something else before. */
  let hiding: ReturnType<typeof setTimeout> | undefined

  /** Sends a request, shows its failure, and returns whether it worked. */
  const ask = async (account: string | null, request: () => Promise<Outcome>): Promise<boolean> => {
    clearTimeout(hiding)
    store.clearFailure(account)
    try {
      const outcome = await request()
      if (!outcome.ok && outcome.problem.kind !== 'cancelled') store.fail(account, outcome.problem)
      return outcome.ok
    } catch {
      store.fail(account, broken)
      return false
    }
  }
  const run = async (account: string | null, request: () => Promise<Outcome>): Promise<void> => {
    await ask(account, request)
  }
  const silent = (account: string | null, request: () => Promise<void>): Promise<void> =>
    run(account, async () => {
      await request()
      return { ok: true }
    })

  /** Sends a request, and returns why it failed; null when it did not. */
  const problemOf = async (request: () => Promise<SettingOutcome>): Promise<string | null> => {
    try {
      const outcome = await request()
      return outcome.ok ? null : outcome.message
    } catch {
      return `${broken.message} ${broken.next}`
    }
  }

  const hide = () => silent(null, () => bridge.hide())

  const login = (name: string) => run(name, () => bridge.login({ name }))

  return {
    login,
    loginAll: async () => {
      const wanted = (store.view().app?.accounts ?? []).filter(wantsLogin)
      if (wanted.length > 1) store.say(`Logging in ${wanted.length} accounts.`)
      await Promise.all(wanted.map((account) => login(account.name)))
    },
    signIn: (name) => run(name, () => bridge.signIn({ name })),
    openPage: (name, page) => silent(name, () => bridge.openPage({ name, page })),
    cancelLogin: (name) => run(name, () => bridge.cancelLogin({ name })),
    answerCode: (name, code) => run(name, () => bridge.answerCode({ name, code })),
    copyToken: async (name, then, form) => {
      const copied = await ask(name, () =>
        bridge.copyToken({ name, ...(form !== undefined && { as: form }) }),
      )
      if (!copied || then === 'stay') return
      if (then === 'hide') await hide()
      else hiding = setTimeout(() => void hide(), SEEN_MS)
    },
    copyCode: (name) => run(name, () => bridge.copyCode({ name })),
    copyDiagnostics: (name) => run(name, () => bridge.copyDiagnostics({ name })),
    copyAddress: (name) => ask(name, () => bridge.copyAddress({ name })),
    copyInstallKeychain: () => ask(null, () => bridge.copyInstallKeychain()),
    addPractice: () => run(null, () => bridge.addPractice()),
    logout: (name) => run(name, () => bridge.logout({ name })),
    pinAccount: (name) => run(name, () => bridge.pinAccount({ name })),
    showHistory: store.showHistory,
    getHistory: (name) => bridge.getHistory({ name }),
    removeAccount: (name) => run(name, () => bridge.removeAccount({ name })),
    moveAccount: async (move) => {
      const names = (store.view().app?.accounts ?? []).map(({ name }) => name)
      const moved = await ask(move.name, () => bridge.moveAccount(move))
      if (moved) store.say(`${move.name} is now ${placeAfter(names, move)} of ${names.length}.`)
    },
    setMorning: (name, morning) => run(name, () => bridge.setMorning({ name, morning })),
    pauseSchedule: (until) => run(null, () => bridge.pauseSchedule({ until })),
    resumeSchedule: () => run(null, () => bridge.resumeSchedule()),
    openAccountForm: (name) => silent(name, () => bridge.openAccountForm({ name })),
    openSettings: () => silent(null, () => bridge.openSettings()),
    checkKeychain: () => silent(null, () => bridge.checkKeychain()),
    answerStart: async (start) => {
      const problem = await problemOf(() => bridge.answerStart({ start }))
      store.clearFailure(null)
      if (problem !== null) store.fail(null, { message: problem, next: '' })
    },
    dismissNotice: (notice) => silent(null, () => bridge.dismissNotice({ notice })),
    hide,
    hold: (isHeld) => {
      // At worst the popover hides, as it does elsewhere.
      bridge.hold({ isHeld }).catch(() => undefined)
    },
    unlock: (passphrase) => problemOf(() => bridge.unlock({ passphrase })),
    unlockByTouch: () => problemOf(() => bridge.unlockByTouch()),
    moveBy: (dx, dy) => {
      bridge.moveBy({ dx, dy }).catch(() => undefined)
    },
    fit: (height) => {
      // A wrong height is not worth an error message.
      bridge.fit({ height }).catch(() => undefined)
    },
    say: store.say,
  }
}
