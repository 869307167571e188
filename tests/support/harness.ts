import { Accounts } from '../../electron/core/accounts/accounts.ts'
import type { Account } from '../../electron/core/state/account.ts'
import { emptyState, type State, type StateStore } from '../../electron/core/state/state.ts'
import { registry } from '../../electron/core/brokers/registry.ts'
import { LoginEngine } from '../../electron/core/login/engine.ts'
import type { Keychain, Locks } from '../../electron/core/ports.ts'
import type { History, HistoryEvent } from '../../electron/core/state/history.ts'
import { ClockOffset } from '../../electron/core/totp/clock-offset.ts'
import { Codes } from '../../electron/core/accounts/codes.ts'
import { Tokens } from '../../electron/core/accounts/tokens.ts'
import { httpSessions } from '../../electron/adapters/http.ts'
import { MemoryKeychain } from '../../electron/adapters/memory-keychain.ts'
import { FakeClock } from './fake-clock.ts'

/** Saturday 21 November 2026, 08:15:05 in India: five seconds into a TOTP window. */
export const morning = Date.UTC(2026, 10, 21, 2, 45, 5)

/** Keeps the state in memory with every version that was saved. */
export class MemoryState implements StateStore {
  state: State = emptyState
  readonly saved: State[] = []

  reload(): Promise<State> {
    return Promise.resolve(this.state)
  }

  update(change: (state: State) => State): Promise<State> {
    this.state = change(this.state)
    this.saved.push(this.state)
    return Promise.resolve(this.state)
  }

  onChange(): () => void {
    return () => undefined
  }
}

/** Keeps the history in memory. */
export class MemoryHistory implements History {
  readonly events: HistoryEvent[] = []

  add(event: HistoryEvent): Promise<void> {
    this.events.push(event)
    return Promise.resolve()
  }

  read(): Promise<readonly HistoryEvent[]> {
    return Promise.resolve(this.events)
  }
}

/** Locks within one process. */
export class MemoryLocks implements Locks {
  readonly #tails = new Map<string, Promise<void>>()
  readonly #held = new Set<string>()

  async acquire(name: string, _signal: AbortSignal, onWait?: () => void): Promise<() => Promise<void>> {
    const before = this.#tails.get(name) ?? Promise.resolve()
    const { promise, resolve } = withResolvers()
    this.#tails.set(name, promise)
    if (this.#held.has(name)) onWait?.()
    await before
    this.#held.add(name)
    return () => {
      this.#held.delete(name)
      resolve()
      return Promise.resolve()
    }
  }

  acquireBriefly(name: string): Promise<() => Promise<void>> {
    return this.acquire(name, new AbortController().signal)
  }
}

/** Returns the domain on a clock that tests move, with real HTTP. */
export function domain(keychain: Keychain = new MemoryKeychain()) {
  const clock = new FakeClock(morning)
  const store = new MemoryState()
  const locks = new MemoryLocks()
  const history = new MemoryHistory()
  const offset = new ClockOffset(clock, () => clock.now())
  const parts = {
    clock,
    store,
    locks,
    history,
    offset,
    keychain,
    brokers: registry,
    openHttp: httpSessions(clock),
    troublePauses: [],
  }
  const accounts = new Accounts(parts)
  const engine = new LoginEngine({ ...parts, accounts })
  const codes = new Codes({ ...parts, accounts })
  const tokens = new Tokens({ ...parts, accounts })
  const account = (name: string): Account => accounts.open(name).account
  return { ...parts, accounts, engine, codes, tokens, account }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
