import type {
  AccountView,
  AppState,
  ClipboardView,
  LockView,
  MarketView,
  Morning,
  Problem,
  QuestionView,
  ScheduleView,
  StartView,
  TotpCode,
} from '../contract/state.ts'
import { accountView, areTokensWanted, wantedMoments } from './account-view.ts'
import { isReady } from '../contract/status.ts'
import { istTime } from '../contract/words.ts'
import { isEqual } from '../contract/equal.ts'
import type { Services } from './services.ts'
import type { Account } from '../core/state/account.ts'
import type { Broker } from '../core/brokers/broker.ts'
import { Emitter } from '../core/concurrency/emitter.ts'
import { LoginError } from '../core/errors.ts'
import { morningOf } from '../core/state/schedule-changes.ts'
import { withProblem } from '../core/login/records.ts'
import { dayOf, endOf, timeOn } from '../core/time/ist.ts'
import type { NextRun } from '../core/schedule/next-run.ts'
import { marketOn } from '../core/schedule/trading-days.ts'
import { scheduleView } from '../core/schedule/schedule-view.ts'
import { EXPIRING_MS } from '../core/state/freshness.ts'
import { clockWarning } from '../core/totp/clock-warning.ts'

export interface AppModelDeps {
  readonly services: Services
  readonly clipboard: () => ClipboardView | null
  /** The app's own notices, beside those of the state file's store. */
  readonly notices: () => readonly string[]
  /** Returns the question that an account's login waits with. */
  readonly question: (account: string) => QuestionView | null
  /** Returns what the schedule does next; null in place of the function without a schedule. */
  readonly nextRun: (() => NextRun | null) | null
  /** Tells whether the state is shown; codes are computed only then. */
  readonly isVisible: () => boolean
  /** Returns whether the system starts the app at login; null when it can't or that is unknown. */
  readonly startsAtLogin?: () => boolean | null
  /** The lock of the app; null where there is none. */
  readonly lock: ViewLock | null
}

/** The part of the lock that decides what the state shows. */
export interface ViewLock {
  /** Null while the lock is turned off. */
  readonly view: LockView | null
  /** Asks the keychain, once, whether the lock is turned on. */
  settle(): Promise<void>
}

/** Keeps up to date the one `AppState` that the popover and the tray show. */
export class AppModel {
  readonly #deps: AppModelDeps
  readonly #changed = new Emitter<AppState>()
  readonly #keychainUsable = new Emitter()
  #codes: ReadonlyMap<string, TotpCode> = new Map()
  #keychain: Problem | null = null
  #state: AppState
  #cancelCodes: () => void = () => undefined
  #cancelRefresh: () => void = () => undefined
  #isStopped = false

  constructor(deps: AppModelDeps) {
    this.#deps = deps
    this.#state = this.#build()
  }

  get state(): AppState {
    return this.#state
  }

  onChange(listener: (state: AppState) => void): void {
    this.#changed.on(listener)
  }

  /** Calls `listener` each time a check finds that the keychain can be used. */
  onKeychainUsable(listener: () => void): void {
    this.#keychainUsable.on(listener)
  }

  /** Ends all timers, because the state is no longer shown. */
  stop(): void {
    this.#isStopped = true
    this.#cancelCodes()
    this.#cancelRefresh()
  }

  /** Rebuilds the state, and calls the listeners if it has changed. */
  refresh(): void {
    this.#watchTime()
    const state = this.#build()
    if (isEqual(state, this.#state)) return
    this.#state = state
    this.#changed.emit(state)
  }

  /** Computes the codes now and at the start of every TOTP window, while they are visible. */
  async refreshCodes(): Promise<void> {
    this.#cancelCodes()
    const { services, isVisible } = this.#deps
    if (!isVisible()) {
      this.#codes = new Map()
      this.refresh()
      return
    }
    this.#codes = await this.#readCodes()
    // Another call may have run meanwhile, because the popover was shown or hidden; the last one sets the timer.
    this.#cancelCodes()
    const ends = [...this.#codes.values()].map(({ endsAt }) => endsAt)
    if (ends.length > 0 && isVisible()) {
      this.#cancelCodes = services.clock.after(Math.min(...ends) - services.clock.now(), () => {
        void this.refreshCodes()
      })
    }
    this.refresh()
  }

  /**
   * Checks whether the keychain can be used, and shows the codes once it can again. Never runs on a timer, because
   * writing to a locked keychain makes the system prompt for a password.
   */
  async checkKeychain(): Promise<void> {
    try {
      await this.#deps.services.keychain.check()
    } catch (error) {
      this.noteKeychain(error)
      return
    }
    await this.#forgetKeychainProblems()
    if (this.#keychain !== null) {
      this.#keychain = null
      await this.refreshCodes()
    }
    this.#keychainUsable.emit()
  }

  /** Removes the keychain's problems from the accounts, because the keychain was seen to work. */
  async #forgetKeychainProblems(): Promise<void> {
    const { accounts, brokers, clock } = this.#deps.services
    for (const { name, brokerId, problem } of accounts.list) {
      if (problem === null || !isOfKeychain(problem.kind) || !brokers.has(brokerId)) continue
      await accounts.open(name).update(withProblem(null, clock.now()))
    }
  }

  /** Shows an error as the keychain's problem if it came from the keychain. */
  noteKeychain(error: unknown): void {
    if (!(error instanceof LoginError)) return
    if (!isOfKeychain(error.kind)) return
    this.#keychain = error.toProblem(this.#deps.services.clock.now())
    this.refresh()
  }

  async #readCodes(): Promise<Map<string, TotpCode>> {
    const { accounts, codes } = this.#deps.services
    const read = new Map<string, TotpCode>()
    if (!(await this.#mayShowCodes())) return read
    for (const { name } of accounts.list) {
      try {
        read.set(name, await codes.current(name))
      } catch (error) {
        this.noteKeychain(error)
      }
    }
    return read
  }

  async #mayShowCodes(): Promise<boolean> {
    const { lock, services } = this.#deps
    if (lock === null || services.accounts.list.length === 0) return true
    try {
      await lock.settle()
    } catch (error) {
      this.noteKeychain(error)
      return false
    }
    return lock.view?.isLocked !== true
  }

  #build(): AppState {
    const { services, clipboard, lock } = this.#deps
    const accounts = services.accounts.list.flatMap((account) => {
      const broker = services.brokers.get(account.brokerId)
      return broker === undefined ? [] : [this.#view(account, broker)]
    })
    return {
      accounts,
      clipboard: clipboard(),
      keychain: this.#keychain,
      clockWarning: clockWarning(services.offset.offsetMs, services.offset.agreedMs !== null),
      notices: [...services.store.notices, ...this.#deps.notices()],
      hour12: services.store.state.settings.hour12,
      pinned: services.store.state.settings.pinned,
      blurCodes: services.store.state.settings.blurCodes,
      schedule: this.#schedule(),
      market: this.#market(),
      startAtLogin: this.#startAtLogin(accounts),
      tokensWanted: areTokensWanted(services),
      lock: lock?.view ?? null,
    }
  }

  #schedule(): ScheduleView | null {
    const { nextRun, services } = this.#deps
    if (nextRun === null || services.accounts.namesWithLogin.length === 0) return null
    const { hour12, schedule } = services.store.state.settings
    const now = services.clock.now()
    return scheduleView(nextRun(), schedule, now, new Date(now).getTimezoneOffset(), hour12)
  }

  #market(): MarketView | null {
    const { accounts, clock, store } = this.#deps.services
    return accounts.namesWithLogin.length === 0
      ? null
      : marketOn(dayOf(clock.now()), store.state.settings.schedule)
  }

  /** Asks about starting at login once an account of the user's own was logged in. */
  #startAtLogin(accounts: readonly AccountView[]): StartView | null {
    const { services, startsAtLogin } = this.#deps
    const { askedToStart, hour12, schedule } = services.store.state.settings
    if (!schedule.on || startsAtLogin?.() !== false) return null
    const own = accounts.filter(({ practice, canLogIn }) => !practice && canLogIn)
    const isNeeded = askedToStart ? own.length > 0 : own.some(isReady)
    const today = dayOf(services.clock.now())
    return isNeeded ? { asks: !askedToStart, at: istTime(timeOn(today, schedule.at), hour12) } : null
  }

  #morning(name: string): Morning | null {
    const { nextRun, services } = this.#deps
    const { schedule } = services.store.state.settings
    if (nextRun === null || !schedule.on) return null
    return morningOf(name, schedule, dayOf(services.clock.now()))
  }

  #view(account: Account, broker: Broker): AccountView {
    const { services, question, lock } = this.#deps
    const view = accountView(services, account, broker)
    return {
      ...view,
      morning: view.canLogIn ? this.#morning(account.name) : null,
      login: services.engine.progress.get(account.name) ?? null,
      question: question(account.name),
      // Also while codes are still being read that were asked for before it was locked.
      totp: lock?.view?.isLocked === true ? null : (this.#codes.get(account.name) ?? null),
    }
  }

  /** Refreshes at the next moment at which time alone changes the state: a token's freshness, or the day. */
  #watchTime(): void {
    this.#cancelRefresh()
    if (this.#isStopped) return
    const { accounts, clock } = this.#deps.services
    const now = clock.now()
    const moments = accounts.list
      .flatMap(({ token }) =>
        token?.expiresAt == null ? [] : [token.expiresAt - EXPIRING_MS, token.expiresAt],
      )
      .concat(wantedMoments(this.#deps.services))
      .filter((moment) => moment > now)
    this.#cancelRefresh = clock.after(Math.min(endOf(dayOf(now)), ...moments) - now, () => {
      this.refresh()
    })
  }
}

const isOfKeychain = (kind: Problem['kind']): boolean =>
  kind === 'keychain-locked' || kind === 'keychain-missing'
