import { isDeepStrictEqual } from 'node:util'
import type {
  AccountView,
  AppState,
  ClipboardView,
  Morning,
  Problem,
  QuestionView,
  ScheduleView,
  TotpCode,
} from '../contract/state.ts'
import type { Services } from './services.ts'
import { filledFields, type Account } from '../core/state/account.ts'
import { storedTotpField } from '../core/state/attempts.ts'
import { isForCodesAlone } from '../core/accounts/codes-alone.ts'
import { isLoopback } from '../core/address.ts'
import type { Broker } from '../core/brokers/broker.ts'
import { LoginError } from '../core/errors.ts'
import { endpointUrl } from '../core/login/conversation/conversation.ts'
import { morningOf } from '../core/state/schedule-changes.ts'
import { dayOf, endOf } from '../core/time/ist.ts'
import type { NextRun } from '../core/schedule/next-run.ts'
import { scheduleView } from '../core/schedule/schedule-view.ts'
import { EXPIRING_MS } from '../core/state/freshness.ts'
import { clockWarning } from '../core/totp/clock-warning.ts'

export interface AppModelDeps {
  readonly services: Services
  readonly clipboard: () => ClipboardView | null
  /** What the app itself has to tell, besides what the state file's store has. */
  readonly notices: () => readonly string[]
  /** What the login of an account waits for. */
  readonly question: (account: string) => QuestionView | null
  /** What the schedule does next; null in place of the function where none runs. */
  readonly nextRun: (() => NextRun | null) | null
  /** Codes are worked out only while somebody can see them. */
  readonly isVisible: () => boolean
}

/** The one `AppState` that the popover and the tray show, kept up to date. */
export class AppModel {
  readonly #deps: AppModelDeps
  readonly #listeners = new Set<(state: AppState) => void>()
  readonly #keychainListeners = new Set<() => void>()
  #codes: ReadonlyMap<string, TotpCode> = new Map()
  #keychain: Problem | null = null
  #state: AppState
  #callOffCodes: () => void = () => undefined
  #callOffLook: () => void = () => undefined
  #isStopped = false

  constructor(deps: AppModelDeps) {
    this.#deps = deps
    this.#state = this.#build()
  }

  get state(): AppState {
    return this.#state
  }

  onChange(listener: (state: AppState) => void): void {
    this.#listeners.add(listener)
  }

  /** Calls `listener` each time the keychain was looked at and can be used. */
  onKeychainUsable(listener: () => void): void {
    this.#keychainListeners.add(listener)
  }

  /** Looks at the time no more: whoever showed the state does so no longer. */
  stop(): void {
    this.#isStopped = true
    this.#callOffCodes()
    this.#callOffLook()
  }

  /** To be called whenever anything may have changed; tells the listeners if it has. */
  refresh(): void {
    this.#watchTime()
    const state = this.#build()
    if (isDeepStrictEqual(state, this.#state)) return
    this.#state = state
    for (const listener of this.#listeners) listener(state)
  }

  /** Works out the codes now and at the start of every TOTP window, for as long as they can be seen. */
  async refreshCodes(): Promise<void> {
    this.#callOffCodes()
    const { services, isVisible } = this.#deps
    if (!isVisible()) {
      this.#codes = new Map()
      this.refresh()
      return
    }
    this.#codes = await this.#readCodes()
    // The popover may have been shown or hidden meanwhile; whoever came last sets the timer.
    this.#callOffCodes()
    const ends = [...this.#codes.values()].map(({ endsAt }) => endsAt)
    if (ends.length > 0 && isVisible()) {
      this.#callOffCodes = services.clock.after(Math.min(...ends) - services.clock.now(), () => {
        void this.refreshCodes()
      })
    }
    this.refresh()
  }

  /**
   * Finds out whether the keychain can be used, and shows the codes once it can be again. Never done by itself on
   * and on: writing to a locked keychain has the system ask the user for a password.
   */
  async checkKeychain(): Promise<void> {
    try {
      await this.#deps.services.keychain.check()
    } catch (error) {
      this.noteKeychain(error)
      return
    }
    if (this.#keychain !== null) {
      this.#keychain = null
      await this.refreshCodes()
    }
    for (const listener of this.#keychainListeners) listener()
  }

  /** Takes note of an error that may have come from the keychain. */
  noteKeychain(error: unknown): void {
    if (!(error instanceof LoginError)) return
    if (error.kind !== 'keychain-locked' && error.kind !== 'keychain-missing') return
    this.#keychain = error.toProblem(this.#deps.services.clock.now())
    this.refresh()
  }

  async #readCodes(): Promise<Map<string, TotpCode>> {
    const { accounts, codes } = this.#deps.services
    const read = new Map<string, TotpCode>()
    for (const { name } of accounts.list) {
      try {
        read.set(name, await codes.current(name))
      } catch (error) {
        this.noteKeychain(error)
      }
    }
    return read
  }

  #build(): AppState {
    const { services, clipboard } = this.#deps
    return {
      accounts: services.accounts.list.flatMap((account) => {
        const broker = services.brokers.get(account.brokerId)
        return broker === undefined ? [] : [this.#view(account, broker)]
      }),
      clipboard: clipboard(),
      keychain: this.#keychain,
      clockWarning: clockWarning(services.offset.offsetMs),
      notices: [...services.store.notices, ...this.#deps.notices()],
      hour12: services.store.state.settings.hour12,
      schedule: this.#schedule(),
    }
  }

  #schedule(): ScheduleView | null {
    const { nextRun, services } = this.#deps
    if (nextRun === null || services.accounts.namesWithLogin.length === 0) return null
    const { hour12, schedule } = services.store.state.settings
    const now = services.clock.now()
    return scheduleView(nextRun(), schedule, now, new Date(now).getTimezoneOffset(), hour12)
  }

  #morning(name: string): Morning | null {
    const { nextRun, services } = this.#deps
    const { schedule } = services.store.state.settings
    if (nextRun === null || !schedule.on) return null
    return morningOf(name, schedule, dayOf(services.clock.now()))
  }

  #view(account: Account, broker: Broker): AccountView {
    const { services, question } = this.#deps
    const canLogIn = !isForCodesAlone(broker, filledFields(account))
    return {
      name: account.name,
      brokerId: broker.id,
      brokerName: broker.name,
      initials: broker.initials,
      colour: broker.colour,
      practice: Object.keys(broker.endpoints).every((key) => isLoopback(endpointUrl(account, broker, key))),
      canLogIn,
      morning: canLogIn ? this.#morning(account.name) : null,
      hasCode: storedTotpField(account, broker) !== undefined,
      freshness: services.tokens.freshness(account.name),
      expiresAt: account.token?.expiresAt ?? null,
      login: services.engine.progress.get(account.name) ?? null,
      question: question(account.name),
      problem: account.problem,
      totp: this.#codes.get(account.name) ?? null,
    }
  }

  /** Time alone changes a token's freshness, and what day it is: looks again at the next moment it will. */
  #watchTime(): void {
    this.#callOffLook()
    if (this.#isStopped) return
    const { accounts, clock } = this.#deps.services
    const now = clock.now()
    const moments = accounts.list
      .flatMap(({ token }) =>
        token?.expiresAt == null ? [] : [token.expiresAt - EXPIRING_MS, token.expiresAt],
      )
      .filter((moment) => moment > now)
    this.#callOffLook = clock.after(Math.min(endOf(dayOf(now)), ...moments) - now, () => {
      this.refresh()
    })
  }
}
