import type { Broker } from '../brokers/broker.ts'
import type { Clock, Keychain, Locks } from '../ports.ts'
import type { AccountHandle } from '../state/account-handle.ts'
import type { StateStore } from '../state/state.ts'
import type { AccountInput } from './validate.ts'

export interface NewAccount extends AccountInput {
  readonly name: string
  readonly brokerId: string
  readonly acceptTerms: boolean
}

export interface AccountChange extends AccountInput {
  /** True to accept the terms now; an earlier acceptance stays. */
  readonly acceptTerms: boolean
  /** Names of optional fields whose stored values are to be deleted. */
  readonly forget?: readonly string[]
}

/** How a change waits for a running login. */
export interface Waiting {
  readonly signal?: AbortSignal
  readonly onWait?: () => void
}

export interface AccountsDeps {
  readonly store: StateStore
  readonly keychain: Keychain
  readonly locks: Locks
  readonly clock: Clock
  readonly brokers: ReadonlyMap<string, Broker>
}

/** What a change has to know of the other accounts and of the brokers. */
export interface KnownAccounts {
  open(name: string): AccountHandle
  broker(id: string): Broker
  /** @throws InputError for a name that is taken or can't be one */
  assertFree(name: string): void
}
