import type { ProblemKind } from '../../contract/state.ts'
import type { LoginError } from '../errors.ts'

const MINUTE_MS = 60_000
/** The pauses between the tries of one morning, ms; the last one goes on until the close. */
const PAUSES_MS = [1, 2, 5, 10, 15].map((minutes) => minutes * MINUTE_MS)
/** Trouble that passes is not worth a notification before so many tries, the last of them some three minutes in. */
const FAILURES_BEFORE_TOLD = 3

const keychainTrouble: ReadonlySet<ProblemKind> = new Set(['keychain-locked', 'keychain-missing'])
const passesWithWaking: ReadonlySet<ProblemKind> = new Set(['network', 'timeout', ...keychainTrouble])
/** Safe to try again, but only for the user: no waiting brings a code, and who cancels a login wants none. */
const forTheUser: ReadonlySet<ProblemKind> = new Set(['second-factor-needed', 'cancelled'])

/** Whether a run that failed is tried again without the user. */
export const isTriedAgain = ({ kind, retrySafe }: LoginError): boolean => retrySafe && !forTheUser.has(kind)

/**
 * When a run that has failed `failures` times in a row is tried again, epoch ms; null when only something that wakes
 * the schedule can help. A locked keychain is never asked on and on: each time the system may ask for a password.
 */
export function nextTryAt(kind: ProblemKind, failures: number, now: number): number | null {
  if (keychainTrouble.has(kind)) return null
  return now + (PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1] ?? MINUTE_MS)
}

/** Whether the machine's waking, a network or an open keychain may have done away with a problem. */
export const mayPassWithWaking = (kind: ProblemKind | null): boolean =>
  kind !== null && passesWithWaking.has(kind)

/** How often a problem that is tried again has to be met before the user is told of it. */
export const failuresBeforeTold = (kind: ProblemKind): number =>
  keychainTrouble.has(kind) ? 1 : FAILURES_BEFORE_TOLD
