import { MemoryKeychain } from '../../electron/adapters/memory-keychain.ts'
import { httpSessions, type Fetch } from '../../electron/adapters/http.ts'
import type { State } from '../../electron/core/state/state.ts'
import { Accounts } from '../../electron/core/accounts/accounts.ts'
import { registry } from '../../electron/core/brokers/registry.ts'
import { LoginError } from '../../electron/core/errors.ts'
import { LoginEngine } from '../../electron/core/login/engine.ts'
import { TROUBLE_PAUSES_MS } from '../../electron/core/login/attempts/retry.ts'
import type { Keychain } from '../../electron/core/ports.ts'
import { Announcer } from '../../electron/core/schedule/announce.ts'
import { MorningRun } from '../../electron/core/schedule/morning-run.ts'
import type { Notice } from '../../electron/core/state/notice.ts'
import { Tokens } from '../../electron/core/accounts/tokens.ts'
import { ClockOffset } from '../../electron/core/totp/clock-offset.ts'
import { Chance } from '../../simulator/chance.ts'
import { openDesks, type Desk } from '../../simulator/desk.ts'
import { Network } from '../../simulator/network.ts'
import { VirtualTime } from '../../simulator/virtual-time.ts'
import { Weather } from '../../simulator/weather.ts'
import { MemoryHistory, MemoryLocks, MemoryState } from './harness.ts'
import { SleepyClock } from './sleepy-clock.ts'

/** A state in memory that tells of its changes, as the file does. */
export class ToldState extends MemoryState {
  readonly #listeners = new Set<() => void>()

  override async update(change: (state: State) => State): Promise<State> {
    await super.update(change)
    // A year of versions would fill the memory.
    this.saved.length = 0
    for (const listener of this.#listeners) listener()
    return this.state
  }

  override onChange(listener?: () => void): () => void {
    if (listener === undefined) return () => undefined
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/**
 * A trader's computer with an account at every practice broker, on a virtual clock: the real schedule and engine, the
 * brokers' minds, and no sockets.
 */
export class TradingDesk {
  readonly time: VirtualTime
  readonly clock: SleepyClock
  readonly desks: readonly Desk[]
  readonly store = new ToldState()
  readonly history = new MemoryHistory()
  readonly notices: Notice[] = []
  isOffline = false
  isKeychainLocked = false
  /** What was seen on the way that must not be. */
  readonly violations: unknown[] = []
  readonly #keychain: Keychain
  readonly #fetch: Fetch
  #app: MorningRun | null = null

  /** @param startsAt epoch ms */
  constructor(startsAt: number) {
    this.time = new VirtualTime(startsAt)
    this.clock = new SleepyClock(this.time)
    const chance = new Chance(1)
    this.desks = openDesks(() => this.time.now(), chance)
    const network = new Network({
      time: this.time,
      chance,
      weather: new Weather(chance),
      desks: this.desks,
      onViolation: (error) => void this.violations.push(error),
    })
    this.#fetch = (url, init) => (this.isOffline ? Promise.reject(noNetwork()) : network.fetch(url, init))
    this.#keychain = this.#lockable(new MemoryKeychain())
  }

  async addAccounts(): Promise<void> {
    const accounts = new Accounts(this.#parts())
    for (const { account, mind, endpoints } of this.desks) {
      const fields = registry.get(mind.brokerId)?.fields ?? []
      const values = Object.fromEntries(fields.map(({ name }) => [name, mind.credentials[name] ?? '']))
      await accounts.add({ name: account, brokerId: mind.brokerId, values, endpoints, acceptTerms: true })
    }
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
      brokers: registry,
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
