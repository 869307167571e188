import { MemoryKeychain } from '../electron/adapters/memory-keychain.ts'
import type { Fetch } from '../electron/adapters/fetch.ts'
import { httpSessions } from '../electron/adapters/http.ts'
import { Accounts } from '../electron/core/accounts/accounts.ts'
import { emptyState, type State, type StateStore } from '../electron/core/state/state.ts'
import { brokers } from './brokers.ts'
import { LoginEngine } from '../electron/core/login/engine.ts'
import { TROUBLE_PAUSES_MS } from '../electron/core/login/attempts/retry.ts'
import type { Clock, Keychain, Locks } from '../electron/core/ports.ts'
import { Tokens } from '../electron/core/accounts/tokens.ts'
import { ClockOffset } from '../electron/core/totp/clock-offset.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Holds what outlives every process of one machine. */
export class Machine {
  readonly time: VirtualTime
  readonly keychain = new MemoryKeychain()
  readonly locks = new Map<string, { holder: Process | null; readonly queue: (() => void)[] }>()
  readonly fetch: Fetch
  state: State = emptyState
  /** How far this machine's clock runs ahead of the true time, ms. */
  clockAheadMs = 0

  constructor(time: VirtualTime, fetch: Fetch) {
    this.time = time
    this.fetch = fetch
  }
}

/** Runs the real services on this machine's disk, keychain and clock. Can be killed between any two steps. */
export class Process {
  readonly engine: LoginEngine
  readonly accounts: Accounts
  readonly tokens: Tokens
  readonly #machine: Machine
  readonly #onDeath: () => void
  readonly killed: Promise<void>
  #die: () => void = () => undefined
  #isDead = false
  readonly #death = new AbortController()
  #stepsToLive = Infinity

  /** @param onDeath called before any further step */
  constructor(machine: Machine, onDeath: () => void = () => undefined) {
    this.#machine = machine
    this.#onDeath = onDeath
    this.killed = new Promise((resolve) => {
      this.#die = resolve
    })
    const clock = this.#clock()
    const deps = {
      clock,
      keychain: this.#keychain(),
      locks: this.#locks(),
      store: this.#store(),
      history: { add: () => this.#step(() => undefined), read: () => Promise.resolve([]) },
      openHttp: httpSessions(clock, (url, init) => {
        const signal = AbortSignal.any([init.signal, this.#death.signal])
        return this.#step(() => machine.fetch(url, { ...init, signal }))
      }),
      offset: new ClockOffset(clock, () => machine.time.now()),
      brokers,
      troublePauses: TROUBLE_PAUSES_MS,
    }
    this.accounts = new Accounts(deps)
    this.engine = new LoginEngine({ ...deps, accounts: this.accounts })
    this.tokens = new Tokens({ ...deps, accounts: this.accounts })
  }

  get isDead(): boolean {
    return this.#isDead
  }

  /** Kills the process after `steps` more steps: reads, writes and requests. */
  killAfter(steps: number): void {
    this.#stepsToLive = steps
  }

  kill(): void {
    if (this.#isDead) return
    this.#isDead = true
    this.#onDeath()
    this.#death.abort()
    for (const lock of this.#machine.locks.values()) if (lock.holder === this) handOver(lock)
    this.#die()
  }

  /** Performs one step. A dead process never gets past it. */
  async #step<T>(action: () => T | Promise<T>): Promise<T> {
    if (--this.#stepsToLive <= 0) this.kill()
    if (this.#isDead) return never()
    try {
      const result = await action()
      return this.isDead ? await never() : result
    } catch (error) {
      if (this.isDead) return never()
      throw error
    }
  }

  #clock(): Clock {
    const clock = this.#machine.time.machineClock(() => this.#machine.clockAheadMs)
    return {
      now: () => clock.now(),
      after: (ms, callback) =>
        clock.after(ms, () => {
          if (!this.#isDead) callback()
        }),
    }
  }

  #keychain(): Keychain {
    const { keychain } = this.#machine
    return {
      get: (key) => this.#step(() => keychain.get(key)),
      set: (key, value) => this.#step(() => keychain.set(key, value)),
      delete: (key) => this.#step(() => keychain.delete(key)),
      check: () => Promise.resolve(),
    }
  }

  #store(): StateStore {
    const machine = this.#machine
    let seen = machine.state
    return {
      get state() {
        return seen
      },
      reload: () => this.#step(() => (seen = machine.state)),
      update: (change) => this.#step(() => (seen = machine.state = change(machine.state))),
      onChange: () => () => undefined,
    }
  }

  #locks(): Locks {
    const { locks } = this.#machine
    return {
      acquire: (name, signal, onWait) =>
        this.#step(async () => {
          signal.throwIfAborted()
          const lock = locks.get(name) ?? { holder: null, queue: [] }
          locks.set(name, lock)
          while (lock.holder !== null) {
            onWait?.()
            await new Promise<void>((resolve, reject) => {
              lock.queue.push(resolve)
              signal.addEventListener('abort', () => {
                reject(signal.reason)
              })
            })
          }
          // A process that died while waiting takes no lock.
          if (this.#isDead) return never()
          lock.holder = this
          return () => this.#step(() => handOver(lock))
        }),
    }
  }
}

/** Wakes every waiting process. The first one takes the lock. */
function handOver(lock: { holder: Process | null; readonly queue: (() => void)[] }): void {
  lock.holder = null
  for (const wake of lock.queue.splice(0)) wake()
}

const never = (): Promise<never> => new Promise(() => undefined)
