import type { Accounts } from '../accounts/accounts.ts'
import type { AccountHandle } from '../state/account-handle.ts'
import type { StateStore } from '../state/state.ts'
import { InputError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { Announcer } from './announce.ts'
import { dayOf } from '../time/ist.ts'
import { earliestRun, type NextRun } from './next-run.ts'
import { isNetworkTrouble, NETWORK_LOOK_MS, NetworkReturn } from './network-return.ts'
import { hasLostToken, isScheduled, lastTry, recordOf, runOn } from './plan.ts'
import type { ScheduleRecord } from '../state/schedule-record.ts'
import { runAccount, type RunDeps } from './run-account.ts'
import type { ScheduleSettings } from '../state/schedule-settings.ts'
import { JITTER_MS } from './slot.ts'
import { nextStep, type Step } from './step.ts'

/**
 * The longest time without a look at the clock, ms. A timer stands still while the machine sleeps and knows nothing
 * of a clock that was set; a run is late by this much at most when nobody tells of the waking. One look reads the
 * state in memory and nothing else.
 */
export const LONGEST_WAIT_MS = 15 * 60_000

/** A state that changes is looked at once for all changes of so long, ms: a login makes many. */
const SETTLING_MS = 1_000

/** A refused token is news once it has been left so for so long, ms: whoever asked may be logging in again already. */
export const LOSS_SETTLING_MS = 60_000

/** No account is run twice within this time, ms, whatever became of the record of the first. */
const SHORTEST_PAUSE_MS = 20_000

export interface MorningRunDeps extends RunDeps {
  readonly accounts: Accounts
  readonly clock: Clock
  readonly store: StateStore
  readonly announcer: Announcer
  readonly settings: () => ScheduleSettings
  /** Whether the machine has a network at all, as far as it can tell; asked only while a run waits for one. */
  readonly isOnline: () => boolean
}

/** Logs the accounts in on the mornings of trading days, and keeps an eye on their tokens until the market closes. */
export class MorningRun {
  readonly #deps: MorningRunDeps
  readonly #network: NetworkReturn
  /** The accounts that something is being done for. */
  readonly #busy = new Set<string>()
  /** Until when accounts are left alone after a run, epoch ms. */
  readonly #restsUntil = new Map<string, number>()
  #callOffLook: () => void = () => undefined
  #callOffSettling: (() => void) | null = null
  #stopListening: () => void = () => undefined
  #isRunning = false

  constructor(deps: MorningRunDeps) {
    this.#deps = deps
    this.#network = new NetworkReturn(deps.isOnline)
  }

  /** Begins, and makes good at once what was missed while the app was not running. */
  start(): void {
    this.#isRunning = true
    this.#stopListening = this.#deps.store.onChange(() => {
      this.#lookSoon()
    })
    this.#look(true)
  }

  /**
   * To be called when the machine wakes or is unlocked, the network is back, or the keychain can be used again. Does
   * nothing before `start`.
   */
  wake(): void {
    this.#look(true)
  }

  /** Ends all looking. A login under way is not cancelled. */
  stop(): void {
    this.#isRunning = false
    this.#stopListening()
    this.#callOffLook()
    this.#callOffSettling?.()
  }

  /** What comes next; null when nothing will. */
  get next(): NextRun | null {
    return earliestRun(this.#accounts(), this.#deps.settings(), this.#deps.clock.now())
  }

  #accounts(): AccountHandle[] {
    const { accounts } = this.#deps
    return accounts.namesWithLogin.map((name) => accounts.open(name))
  }

  #lookSoon(): void {
    if (!this.#isRunning) return
    this.#callOffSettling ??= this.#deps.clock.after(SETTLING_MS, () => {
      this.#callOffSettling = null
      this.#look()
    })
  }

  /** Does all that is due, and sets the one timer for what comes next. */
  #look(isTold = false): void {
    if (!this.#isRunning) return
    this.#callOffLook()
    const waitsForNetwork = this.#waitsForNetwork()
    const isWoken = (waitsForNetwork && this.#network.look()) || isTold
    const { announcer, clock, engine } = this.#deps
    const settings = this.#deps.settings()
    const now = clock.now()
    const moments: number[] = []
    let isQuiet = true
    for (const planned of this.#accounts()) {
      const { name } = planned
      if (this.#busy.has(name)) continue
      const isLoggingIn = engine.progress.has(name)
      const step = nextStep(planned, settings, { now, isWoken, isLoggingIn })
      if (step === null) continue
      const at = Math.max(step.at, isWoken ? 0 : this.#restEnd(name, now))
      if (at <= now) void this.#take(step, planned, now)
      else moments.push(at)
      if (step.kind === 'run' && at - now <= JITTER_MS) isQuiet = false
    }
    if (isQuiet && this.#busy.size === 0) announcer.flush()
    if (moments.length === 0) return
    const longest = waitsForNetwork ? NETWORK_LOOK_MS : LONGEST_WAIT_MS
    this.#callOffLook = clock.after(Math.min(longest, Math.min(...moments) - now), () => {
      this.#look()
    })
  }

  #waitsForNetwork(): boolean {
    const day = dayOf(this.#deps.clock.now())
    const runs = this.#accounts().map(({ account }) => runOn(account, day))
    return runs.some((run) => run?.state === 'trying' && isNetworkTrouble(run.problem))
  }

  #restEnd(name: string, now: number): number {
    const end = this.#restsUntil.get(name) ?? 0
    // A clock that was set back must not keep the morning waiting.
    return end - now > SHORTEST_PAUSE_MS ? 0 : end
  }

  async #take(step: Step, planned: AccountHandle, now: number): Promise<void> {
    const { name } = planned
    this.#busy.add(name)
    try {
      await this.#do(step, planned, now)
    } catch (error) {
      this.#restsUntil.set(name, this.#deps.clock.now() + SHORTEST_PAUSE_MS)
      // The account has been removed meanwhile.
      if (!(error instanceof InputError)) throw error
    } finally {
      this.#busy.delete(name)
      this.#look()
    }
  }

  async #do(step: Step, planned: AccountHandle, now: number): Promise<void> {
    switch (step.kind) {
      case 'run':
        await this.#run(planned, now)
        break
      case 'note-ready':
        await this.#note(planned, ({ run, ...record }) => ({
          ...record,
          run: run && { ...run, state: 'ready' },
        }))
        this.#announceIfAllReady(now)
        break
      case 'tell-end':
        await this.#note(planned, (record) => ({ ...record, endToldOf: step.tokenIssuedAt }))
        this.#deps.announcer.add(step.event)
        break
      case 'tell-loss':
        if (!(await this.#isLeftLost(planned))) return
        await this.#note(planned, (record) => ({ ...record, lossToldOf: step.tokenIssuedAt }))
        this.#deps.announcer.add(step.event)
        break
    }
  }

  /** Waits, and then looks whether a refused token was left as it is. */
  async #isLeftLost(planned: AccountHandle): Promise<boolean> {
    const { clock, engine } = this.#deps
    await new Promise<void>((resolve) => void clock.after(LOSS_SETTLING_MS, resolve))
    if (!this.#isRunning || engine.progress.has(planned.name)) return false
    return hasLostToken(planned, this.#deps.settings(), clock.now())
  }

  async #run(planned: AccountHandle, now: number): Promise<void> {
    const { announcer, clock } = this.#deps
    this.#restsUntil.set(planned.name, now + SHORTEST_PAUSE_MS)
    const day = dayOf(now)
    const wasReady = runOn(planned.account, day)?.state === 'ready'
    const time = { day, now: () => clock.now(), lastTry: lastTry(day, planned, this.#deps.settings()) }
    const { run, event } = await runAccount(this.#deps, planned, time)
    await this.#note(planned, (record) => ({ ...record, run }))
    if (event !== null) announcer.add(event)
    if (run.state === 'ready' && !wasReady) this.#announceIfAllReady(now)
  }

  async #note(planned: AccountHandle, change: (record: ScheduleRecord) => ScheduleRecord): Promise<void> {
    await planned.update((account) => ({ ...account, schedule: change(recordOf(account)) }))
  }

  #announceIfAllReady(now: number): void {
    const settings = this.#deps.settings()
    const day = dayOf(now)
    const scheduled = this.#accounts().filter(({ account }) => isScheduled(account, settings, day))
    if (scheduled.some(({ account }) => runOn(account, day)?.state !== 'ready')) return
    const accounts = scheduled.map(({ account }) => account.name)
    this.#deps.announcer.add({ kind: 'all-ready', accounts })
  }
}
