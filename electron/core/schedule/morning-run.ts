import type { Accounts } from '../accounts/accounts.ts'
import type { AccountHandle } from '../state/account-handle.ts'
import type { StateStore } from '../state/state.ts'
import { InputError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { Announcer } from './announce.ts'
import { dayOf } from '../time/ist.ts'
import { isNetworkTrouble, NETWORK_POLL_MS, NetworkReturn } from './network-return.ts'
import { hasLostToken, isScheduled, lastTry, recordOf, runOn } from './plan.ts'
import type { ScheduleRecord } from '../state/schedule-record.ts'
import { runAccount, type RunDeps } from './run-account.ts'
import type { ScheduleSettings } from '../state/schedule-settings.ts'
import { JITTER_MS } from './run-time.ts'
import { nextStep, type Step } from './step.ts'

/**
 * The longest time between two checks, ms. Timers stop while the machine sleeps and ignore a changed wall clock, so a
 * run is at most this late when no wake event comes. A check reads only the state in memory.
 */
export const MAX_CHECK_INTERVAL_MS = 15 * 60_000

/** The delay of a check after a state change, ms, because a login makes many changes. */
const SETTLING_MS = 1_000

/** How long a token stays refused before the user is told, ms, because a new login may already be starting. */
export const LOSS_SETTLING_MS = 60_000

/** The shortest time between two runs of an account, ms, even when the record of the first run was lost. */
const MIN_RUN_INTERVAL_MS = 20_000

export interface MorningRunDeps extends RunDeps {
  readonly accounts: Accounts
  readonly clock: Clock
  readonly store: StateStore
  readonly announcer: Announcer
  readonly settings: () => ScheduleSettings
  /** Returns whether the machine has a network; polled only while a run waits for the network. */
  readonly isOnline: () => boolean
  /** Returns whether runs may start now; `wake` makes good what was missed meanwhile. */
  readonly mayLogIn: () => boolean
}

/** Logs the accounts in on the mornings of trading days, and watches their tokens until the market closes. */
export class MorningRun {
  readonly #deps: MorningRunDeps
  readonly #network: NetworkReturn
  /** The accounts with a step in progress. */
  readonly #busy = new Set<string>()
  /** Those for which a wake event came meanwhile, which the step in progress may have been too early for. */
  readonly #wokenMeanwhile = new Set<string>()
  /** The earliest next run of each account, epoch ms. */
  readonly #notBefore = new Map<string, number>()
  #cancelCheck: () => void = () => undefined
  #cancelSettling: (() => void) | null = null
  #stopListening: () => void = () => undefined
  #isRunning = false

  constructor(deps: MorningRunDeps) {
    this.#deps = deps
    this.#network = new NetworkReturn(deps.isOnline)
  }

  /** Starts, and runs at once what was missed while the app was closed. */
  start(): void {
    this.#isRunning = true
    this.#stopListening = this.#deps.store.onChange(() => {
      this.#checkSoon()
    })
    this.#check(true)
  }

  /**
   * Checks at once, because the machine woke or was unlocked, or the network or the keychain is back. Does nothing
   * before `start`.
   */
  wake(): void {
    this.#check(true)
  }

  /** Stops all checks. A login in progress is not cancelled. */
  stop(): void {
    this.#isRunning = false
    this.#stopListening()
    this.#cancelCheck()
    this.#cancelSettling?.()
  }

  #accounts(): AccountHandle[] {
    const { accounts } = this.#deps
    return accounts.namesWithLogin.map((name) => accounts.open(name))
  }

  #checkSoon(): void {
    if (!this.#isRunning) return
    this.#cancelSettling ??= this.#deps.clock.after(SETTLING_MS, () => {
      this.#cancelSettling = null
      this.#check()
    })
  }

  /** Performs all due steps, and sets a timer for the next step. */
  #check(isWakeEvent = false): void {
    if (!this.#isRunning) return
    this.#cancelCheck()
    const waitsForNetwork = this.#waitsForNetwork()
    const isWoken = (waitsForNetwork && this.#network.poll()) || isWakeEvent
    const { announcer, clock, engine } = this.#deps
    const settings = this.#deps.settings()
    const now = clock.now()
    const dueTimes: number[] = []
    let isQuiet = true
    for (const planned of this.#accounts()) {
      const { name } = planned
      if (this.#busy.has(name)) {
        if (isWoken) this.#wokenMeanwhile.add(name)
        continue
      }
      const isBack = this.#wokenMeanwhile.delete(name) || isWoken
      const isLoggingIn = engine.progress.has(name)
      const step = nextStep(planned, settings, { now, isWoken: isBack, isLoggingIn })
      if (step === null || (step.kind === 'run' && !this.#deps.mayLogIn())) continue
      const at = Math.max(step.at, isBack ? 0 : this.#notBeforeOf(name, now))
      if (at <= now) void this.#perform(step, planned, now)
      else dueTimes.push(at)
      if (step.kind === 'run' && at - now <= JITTER_MS) isQuiet = false
    }
    if (isQuiet && this.#busy.size === 0) announcer.flush()
    if (dueTimes.length === 0) return
    const longest = waitsForNetwork ? NETWORK_POLL_MS : MAX_CHECK_INTERVAL_MS
    this.#cancelCheck = clock.after(Math.min(longest, Math.min(...dueTimes) - now), () => {
      this.#check()
    })
  }

  #waitsForNetwork(): boolean {
    const day = dayOf(this.#deps.clock.now())
    const runs = this.#accounts().map(({ account }) => runOn(account, day))
    return runs.some((run) => run?.state === 'trying' && isNetworkTrouble(run.problem))
  }

  #notBeforeOf(name: string, now: number): number {
    const end = this.#notBefore.get(name) ?? 0
    // A wall clock that was set back must not delay the run.
    return end - now > MIN_RUN_INTERVAL_MS ? 0 : end
  }

  async #perform(step: Step, planned: AccountHandle, now: number): Promise<void> {
    const { name } = planned
    this.#busy.add(name)
    try {
      await this.#performStep(step, planned, now)
    } catch (error) {
      this.#notBefore.set(name, this.#deps.clock.now() + MIN_RUN_INTERVAL_MS)
      // The account was removed during the step.
      if (!(error instanceof InputError)) throw error
    } finally {
      this.#busy.delete(name)
      this.#check()
    }
  }

  async #performStep(step: Step, planned: AccountHandle, now: number): Promise<void> {
    switch (step.kind) {
      case 'run':
        await this.#run(planned, now)
        break
      case 'record-ready':
        await this.#updateRecord(planned, ({ run, ...record }) => ({
          ...record,
          run: run && { ...run, state: 'ready' },
        }))
        this.#announceIfAllReady(now)
        break
      case 'warn-expiry':
        await this.#updateRecord(planned, (record) => ({ ...record, endToldOf: step.tokenIssuedAt }))
        this.#deps.announcer.add(step.event)
        break
      case 'report-loss':
        if (!(await this.#isStillLost(planned))) return
        await this.#updateRecord(planned, (record) => ({ ...record, lossToldOf: step.tokenIssuedAt }))
        this.#deps.announcer.add(step.event)
        break
    }
  }

  /** Waits, and returns whether a refused token is still refused. */
  async #isStillLost(planned: AccountHandle): Promise<boolean> {
    const { clock, engine } = this.#deps
    await new Promise<void>((resolve) => void clock.after(LOSS_SETTLING_MS, resolve))
    if (!this.#isRunning || engine.progress.has(planned.name)) return false
    return hasLostToken(planned, this.#deps.settings(), clock.now())
  }

  async #run(planned: AccountHandle, now: number): Promise<void> {
    const { announcer, clock } = this.#deps
    this.#notBefore.set(planned.name, now + MIN_RUN_INTERVAL_MS)
    const day = dayOf(now)
    const wasReady = runOn(planned.account, day)?.state === 'ready'
    const time = { day, now: () => clock.now(), lastTry: lastTry(day, planned, this.#deps.settings()) }
    const { run, event } = await runAccount(this.#deps, planned, time)
    await this.#updateRecord(planned, (record) => ({ ...record, run }))
    if (event !== null) announcer.add(event)
    if (run.state === 'ready' && !wasReady) this.#announceIfAllReady(now)
  }

  async #updateRecord(
    planned: AccountHandle,
    change: (record: ScheduleRecord) => ScheduleRecord,
  ): Promise<void> {
    await planned.update((account) => ({ ...account, schedule: change(recordOf(account)) }))
  }

  #announceIfAllReady(now: number): void {
    const settings = this.#deps.settings()
    const day = dayOf(now)
    const scheduled = this.#accounts().filter(({ account }) => isScheduled(account, settings, day))
    if (scheduled.some(({ account }) => runOn(account, day)?.state !== 'ready')) return
    const accounts = scheduled.map(({ account }) => account.name)
    const ends = scheduled.flatMap(({ account }) => account.token?.expiresAt ?? [])
    const endsAt = ends.length === 0 ? null : Math.min(...ends)
    this.#deps.announcer.add({ kind: 'all-ready', accounts, endsAt, now })
  }
}
