import type { Broker } from '../brokers/broker.ts'
import type { Clock, History, Keychain, Locks, OpenHttpSession, StateStore } from '../ports.ts'
import type { ClockOffset } from '../totp/clock-offset.ts'

/** What a `LoginEngine` stands on. */
export interface EngineDeps {
  readonly store: StateStore
  readonly keychain: Keychain
  readonly locks: Locks
  readonly history: History
  readonly openHttp: OpenHttpSession
  readonly clock: Clock
  readonly offset: ClockOffset
  readonly brokers: ReadonlyMap<string, Broker>
  /** The pauses before another try after passing trouble, ms; `TROUBLE_PAUSES_MS` but in tests. */
  readonly troublePauses: readonly number[]
}
