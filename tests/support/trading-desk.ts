import { MemoryKeychain } from '../../electron/adapters/memory-keychain.ts'
import type { Fetch } from '../../electron/adapters/fetch.ts'
import { httpSessions } from '../../electron/adapters/http.ts'
import type { State } from '../../electron/core/state/state.ts'
import { Accounts } from '../../electron/core/accounts/accounts.ts'
import { Emitter } from '../../electron/core/concurrency/emitter.ts'
import { LoginError } from '../../electron/core/errors.ts'
import { LoginEngine } from '../../electron/core/login/engine.ts'
import { TROUBLE_PAUSES_MS } from '../../electron/core/login/attempts/retry.ts'
import type { Keychain } from '../../electron/core/ports.ts'
import { Announcer } from '../../electron/core/schedule/announce.ts'
import { MorningRun } from '../../electron/core/schedule/morning-run.ts'
import type { Notice } from '../../electron/core/state/notice.ts'
import { Tokens } from '../../electron/core/accounts/tokens.ts'
import { ClockOffset } from '../../electron/core/totp/clock-offset.ts'
import { addAccounts } from '../../simulator/add-accounts.ts'
import { SeededRandom } from '../../simulator/seeded-random.ts'
import { openTraderBrokers, type TraderBroker } from '../../simulator/trader-broker.ts'
import { brokers } from '../../simulator/brokers.ts'
import { Network } from '../../simulator/network.ts'
import { VirtualTime } from '../../simulator/virtual-time.ts'
import { FaultSchedule } from '../../simulator/fault-schedule.ts'
import { MemoryHistory, MemoryLocks, MemoryState } from './harness.ts'
import { SleepyClock } from './sleepy-clock.ts'

/** Keeps the state in memory and notifies listeners of changes, as the state file does. */
export class ObservableState extends MemoryState {
  readonly #changed = new Emitter()

  override async update(change: (state: State) => State): Promise<State> {
    await super.update(change)
    // A year of versions would fill the memory.
    this.saved.length = 0
    this.#changed.emit()
    return this.state
  }

  override onChange(listener?: () => void): () => void {
    if (listener === undefined) return () => undefined
    return this.#changed.on(listener)
  }
}

/**
 * Runs a trader's computer with an account at every practice broker, on a virtual clock: the real schedule and
 * engine, the brokers' models, and no sockets.
 */
export class TradingDesk {
  readonly time: VirtualTime
  readonly clock: SleepyClock
  readonly traderBrokers: readonly TraderBroker[]
  readonly store = new ObservableState()
  readonly history = new MemoryHistory()
  readonly notices: Notice[] = []
  isOffline = false
  isKeychainLocked = false
  /** Broken rules. */
  readonly violations: unknown[] = []
  readonly #keychain: Keychain
  readonly #fetch: Fetch
  #app: MorningRun | null = null

  /** @param startsAt epoch ms */
  constructor(startsAt: number) {
    this.time = new VirtualTime(startsAt)
    this.clock = new SleepyClock(this.time)
    const random = new SeededRandom(1)
    this.traderBrokers = openTraderBrokers(() => this.time.now(), random)
    const network = new Network({
      time: this.time,
      random,
      faults: new FaultSchedule(random),
      traderBrokers: this.traderBrokers,
      onViolation: (error) => void this.violations.push(error),
    })
    this.#fetch = (url, init) => (this.isOffline ? Promise.reject(noNetwork()) : network.fetch(url, init))
    this.#keychain = this.#lockable(new MemoryKeychain())
  }

  /** Adds an account at every broker, or at those of a list. */
  async addAccounts(only?: readonly string[]): Promise<void> {
    await addAccounts(new Accounts(this.#parts()), this.brokersOf(only))
  }

  /** Returns every broker with its account, or those of a list. */
  brokersOf(only?: readonly string[]): TraderBroker[] {
    return this.traderBrokers.filter(({ model }) => only?.includes(model.brokerId) !== false)
  }

  /** Starts the app, as after a login to the computer. */
  start(): MorningRun {
    const parts = this.#parts()
    const accounts = new Accounts(parts)
    const { settings } = parts.store.state
    const notifier = { notify: (notice: Notice) => Promise.resolve(void this.notices.push(notice)) }
    this.#app = new MorningRun({
      ...parts,
      accounts,
      engine: new LoginEngine({ ...parts, accounts }),
      tokens: new Tokens({ ...parts, accounts }),
      announcer: new Announcer({
        clock: this.clock,
        notifiers: [notifier],
        settings: () => settings.notifications,
      }),
      settings: () => this.store.state.settings.schedule,
      isOnline: () => !this.isOffline,
      mayLogIn: () => true,
    })
    this.#app.start()
    return this.#app
  }

  stop(): void {
    this.#app?.stop()
    this.#app = null
  }

  wake(): void {
    this.#app?.wake()
  }

  async liveUntil(epochMs: number): Promise<void> {
    await this.time.run(this.time.sleep(epochMs - this.time.now()))
  }

  #parts() {
    return {
      clock: this.clock,
      store: this.store,
      keychain: this.#keychain,
      locks: new MemoryLocks(),
      history: this.history,
      openHttp: httpSessions(this.clock, this.#fetch),
      offset: new ClockOffset(this.clock, () => this.time.now()),
      brokers,
      troublePauses: TROUBLE_PAUSES_MS,
    }
  }

  #lockable(keychain: Keychain): Keychain {
    const open = async <T>(action: () => Promise<T>): Promise<T> => {
      if (this.isKeychainLocked) throw new LoginError('keychain-locked')
      return action()
    }
    return {
      get: (key) => open(() => keychain.get(key)),
      set: (key, value) => open(() => keychain.set(key, value)),
      delete: (key) => open(() => keychain.delete(key)),
      check: () => open(() => keychain.check()),
    }
  }
}

const noNetwork = (): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('ENETUNREACH'), { code: 'ENETUNREACH' }) })
