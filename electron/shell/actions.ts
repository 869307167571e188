import type { Services } from '../services/services.ts'
import type { CopyForm } from '../contract/popover.ts'
import type { Outcome } from '../contract/requests.ts'
import type { BrokerPage, Morning } from '../contract/state.ts'
import { SerialQueue } from '../core/concurrency/queue.ts'
import { withMoved } from '../core/accounts/order.ts'
import { refusedAddress } from '../core/login/addresses.ts'
import type { SignIn } from '../core/login/assisted.ts'
import { probeAlive } from '../core/login/probe-all.ts'
import { InputError, LoginError } from '../core/errors.ts'
import { changeSchedule, pauseEnd, withMorning } from '../core/state/schedule-changes.ts'
import type { HistoryEvent } from '../core/state/history.ts'
import { dayOf } from '../core/time/ist.ts'
import { Secret } from '../core/secret.ts'
import { INSTALL_KEYCHAIN } from '../contract/words.ts'
import type { PracticeHost } from '../services/practice-host.ts'
import type { AppModel } from '../services/app-state.ts'
import type { SecretClipboard, SystemClipboard } from './clipboard/secret-clipboard.ts'
import { RefusedError } from './windows/router.ts'
import { playMoneyNotice, type OwnNotices } from './own-notices.ts'
import type { Questions } from '../core/login/questions.ts'

export interface ActionsDeps {
  readonly services: Services
  readonly model: AppModel
  readonly questions: Questions
  readonly clipboard: SecretClipboard
  /** For text that is no secret. */
  readonly plainClipboard: SystemClipboard
  /** Loads the practice brokers on first use, because most traders never use them. */
  readonly practice: () => Promise<PracticeHost>
  readonly notices: OwnNotices
  /** Returns what shows the page for signing in to an account. */
  readonly signIn: (name: string) => SignIn
  readonly showPopover: () => void
  /** Throws while the app is locked. */
  readonly assertOpen: () => Promise<void>
}

/** Runs the actions of the popover and the tray menu. Each returns how it ended; only a bug throws. */
export class Actions {
  readonly #deps: ActionsDeps
  readonly #copies = new SerialQueue()

  constructor(deps: ActionsDeps) {
    this.#deps = deps
  }

  /** @param byHand true to let the user sign in this once, whoever signs in otherwise */
  login(name: string, byHand = false): Promise<Outcome> {
    const { questions, services } = this.#deps
    const { engine } = services
    const window = this.#deps.signIn(name)
    const signIn: SignIn = async (...page) => {
      const end = await window(...page)
      // The popover hid when the sign-in window opened; now it shows the outcome.
      this.#deps.showPopover()
      return end
    }
    return this.#outcome(() => engine.login(name, { ask: questions.ask(name), signIn, byHand }))
  }

  async loginAll(): Promise<void> {
    await Promise.all(this.#deps.services.accounts.namesWithLogin.map((name) => this.login(name)))
  }

  /** Opens one of the pages of an account's broker. */
  async openPage(name: string, page: BrokerPage): Promise<void> {
    const { openPage } = await import('./open-page.ts')
    await openPage(this.#deps.services.accounts.open(name).broker, page)
  }

  cancelLogin(name: string): Promise<Outcome> {
    return this.#outcome(() => {
      this.#deps.services.engine.cancel(name)
    })
  }

  answerCode(name: string, code: string): Promise<Outcome> {
    return this.#outcome(() => {
      this.#deps.questions.answer(name, code)
    })
  }

  /** @param form what a script needs of the token; by default the token alone */
  copyToken(name: string, form?: CopyForm): Promise<Outcome> {
    return this.#copying(async () => {
      await this.#deps.assertOpen()
      const { clock, history, tokens } = this.#deps.services
      const copied = form === undefined ? await tokens.primary(name) : await this.#inForm(name, form)
      await this.#deps.clipboard.copy(copied, name, 'token')
      await history.add({ at: clock.now(), account: name, event: 'copied', by: 'tray' })
    })
  }

  /** Copies one after another, so that what was asked for last is what stays on the clipboard. */
  #copying(copy: () => Promise<void>): Promise<Outcome> {
    return this.#outcome(() => this.#copies.run(copy))
  }

  async #inForm(name: string, form: CopyForm): Promise<Secret> {
    // Loaded when first used, because most users copy the token alone.
    const { inForm } = await import('../core/accounts/token-forms.ts')
    const { accounts, tokens } = this.#deps.services
    return new Secret(await inForm(form, accounts.open(name), await tokens.bundle(name)))
  }

  /** Ends an account's token at the broker, where it can be ended, and forgets it. */
  logout(name: string): Promise<Outcome> {
    const { engine } = this.#deps.services
    return this.#outcome(() => engine.logout(name, new AbortController().signal))
  }

  /** Returns the events of an account's tokens. */
  async history(name: string): Promise<HistoryEvent[]> {
    return (await this.#deps.services.history.read()).filter(({ account }) => account === name)
  }

  /** Puts an account first in the list; none for null. */
  pinAccount(pinned: string | null): Promise<Outcome> {
    const { store } = this.#deps.services
    return this.#outcome(() =>
      store.update((state) => ({ ...state, settings: { ...state.settings, pinned } })),
    )
  }

  copyCode(name: string): Promise<Outcome> {
    return this.#copying(async () => {
      await this.#deps.assertOpen()
      const { code, isNext } = await this.#deps.services.codes.toCopy(name)
      await this.#deps.clipboard.copy(new Secret(code), name, isNext ? 'next-code' : 'code')
    })
  }

  copyDiagnostics(name: string): Promise<Outcome> {
    return this.#copying(async () => {
      // Loaded when first used, because few users ask for it.
      const { accountDiagnostics } = await import('../core/login/diagnostics.ts')
      const { accounts, history, tokens } = this.#deps.services
      const events = (await history.read()).filter(({ account }) => account === name)
      const lines = accountDiagnostics(accounts.open(name).account, tokens.freshness(name), events)
      await this.#deps.plainClipboard.writeText(lines.join('\n'))
    })
  }

  /** Copies the public address that an account's broker does not accept. */
  copyAddress(name: string): Promise<Outcome> {
    return this.#copying(async () => {
      const address = refusedAddress(this.#deps.services.accounts.open(name).account)
      if (address === null) throw new RefusedError()
      await this.#deps.plainClipboard.writeText(address)
    })
  }

  /** Copies the command that installs a keychain. */
  copyInstallKeychain(): Promise<Outcome> {
    return this.#copying(() => this.#deps.plainClipboard.writeText(INSTALL_KEYCHAIN))
  }

  addPractice(): Promise<Outcome> {
    return this.#outcome(async () => {
      const practice = await this.#deps.practice()
      const name = await practice.addAccount('kite-connect')
      await this.#deps.model.refreshCodes()
      await this.#deps.services.engine.login(name)
      if (this.#deps.model.state.accounts.every(({ practice }) => practice))
        this.#deps.notices.tell(playMoneyNotice)
    })
  }

  removeAccount(name: string): Promise<Outcome> {
    return this.#outcome(async () => {
      this.#deps.services.engine.cancel(name)
      await this.#deps.services.accounts.remove(name)
    })
  }

  /** Moves an account in the list before another, or to the end for null. */
  moveAccount(name: string, before: string | null): Promise<Outcome> {
    return this.#outcome(() => this.#deps.services.store.update((state) => withMoved(state, name, before)))
  }

  /** Sets whether the schedule logs an account in. */
  setMorning(name: string, morning: Morning): Promise<Outcome> {
    return this.#outcome(() => {
      const { accounts, clock, store } = this.#deps.services
      accounts.open(name)
      const today = dayOf(clock.now())
      return changeSchedule(store, (schedule) => withMorning(schedule, name, morning, today))
    })
  }

  /** @param until `today` or a day to come (`YYYY-MM-DD`) */
  pauseSchedule(until: string): Promise<Outcome> {
    return this.#outcome(() => {
      const { clock, store } = this.#deps.services
      const pausedUntil = pauseEnd(until, clock.now())
      if (pausedUntil === null) throw new InputError({ until: 'is no day to come' })
      return changeSchedule(store, (schedule) => ({ ...schedule, pausedUntil }))
    })
  }

  resumeSchedule(): Promise<Outcome> {
    const { store } = this.#deps.services
    return this.#outcome(() => changeSchedule(store, (schedule) => ({ ...schedule, pausedUntil: null })))
  }

  dismissNotice(notice: string): void {
    this.#deps.services.store.dismissNotice(notice)
    this.#deps.notices.forget(notice)
  }

  /** Probes every token that has not expired, so that none counts as good because of an old answer. */
  async probeAll(): Promise<void> {
    const { model, services } = this.#deps
    // Each access to a locked keychain makes the system ask the user for its password.
    if (model.state.keychain !== null) return
    for (const error of await probeAlive(services, new AbortController().signal)) model.noteKeychain(error)
  }

  async #outcome(action: () => unknown): Promise<Outcome> {
    try {
      await action()
      // The action may have used the keychain, which then works again.
      if (this.#deps.model.state.keychain !== null) await this.#deps.model.checkKeychain()
      return { ok: true }
    } catch (error) {
      if (!(error instanceof LoginError)) throw error
      this.#deps.model.noteKeychain(error)
      return { ok: false, problem: error.toProblem(this.#deps.services.clock.now()) }
    }
  }
}
