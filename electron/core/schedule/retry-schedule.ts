import type { ProblemKind } from '../../contract/state.ts'
import type { LoginError } from '../errors.ts'

const MINUTE_MS = 60_000

/** The pauses between the tries of a morning, ms; the last pause repeats until the close. */
const PAUSES_MS = [1, 2, 5, 10, 15].map((minutes) => minutes * MINUTE_MS)

/** The number of failures before a notice of a temporary problem; the third is about three minutes in. */
const FAILURES_BEFORE_NOTICE = 3

const keychainTrouble: ReadonlySet<ProblemKind> = new Set(['keychain-locked', 'keychain-missing'])
const resolvedOnWake: ReadonlySet<ProblemKind> = new Set(['network', 'timeout', ...keychainTrouble])

/** Problems that only the user retries, because time brings no code, and a user who cancels wants no login. */
const retriedByUser: ReadonlySet<ProblemKind> = new Set(['second-factor-needed', 'cancelled'])

/** Returns whether a failed run is retried automatically. */
export const isRetried = ({ kind, retrySafe }: LoginError): boolean => retrySafe && !retriedByUser.has(kind)

/**
 * Returns when to retry after `failures` failures in a row, epoch ms; null for a retry only at a wake event. A locked
 * keychain is never polled, because each access may make the system ask for a password.
 */
export function retryAt(kind: ProblemKind, failures: number, now: number): number | null {
  if (keychainTrouble.has(kind)) return null
  return now + (PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1] ?? MINUTE_MS)
}

/** Returns whether a wake event, the network or an unlocked keychain may have resolved a problem. */
export const mayResolveOnWake = (kind: ProblemKind | null): boolean =>
  kind !== null && resolvedOnWake.has(kind)

/** Returns after how many failures the user is told of a retried problem. */
export const failuresBeforeNotice = (kind: ProblemKind): number =>
  keychainTrouble.has(kind) ? 1 : FAILURES_BEFORE_NOTICE
