import type { ProblemKind } from '../../../contract/state.ts'
import type { LoginError } from '../../errors.ts'
import { LEFT_TO_THE_USER } from '../../state/attempts.ts'

/** The pauses before a login is tried again after trouble that may pass, ms. */
export const TROUBLE_PAUSES_MS: readonly number[] = [1_000, 3_000, 9_000]

const passingTrouble: ReadonlySet<ProblemKind> = new Set(['network', 'timeout', 'broker-down'])
/** The pause before a proven password is sent once more after a lost reply: the broker may be just starting up, ms. */
export const LOST_REPLY_PAUSE_MS = 20_000
/** A broker that wants a longer pause than this is left to the user's next try, ms. */
const LONGEST_PAUSE_MS = 30_000
/** Worth one more try from the start: a code of a later window, a fresh request token. */
const onceMore: ReadonlySet<ProblemKind> = new Set(['bad-totp', 'token-expired'])

/** What is known of a login that has just failed. */
export interface LoginSoFar {
  /** How long the broker wants no requests. */
  readonly coolDownMs: number
  /** How many more wrong entries the broker says it will take; null when it has not said. */
  readonly attemptsLeft: number | null
  /** Whether a password was sent and its outcome is not known. */
  readonly isPasswordOpen: boolean
}

/**
 * The one place that decides whether a failed login is tried again by itself, after how long (ms), or not (null).
 * The error comes here after its attempt is settled: one that left a password without an answer for the last time is
 * `budget-spent` by now and never tried again.
 * @param failures what went wrong in this login before, oldest first, this error not among it
 */
export function pauseBeforeRetry(
  error: LoginError,
  failures: readonly LoginError[],
  troublePauses: readonly number[],
  { coolDownMs, attemptsLeft, isPasswordOpen }: LoginSoFar,
): number | null {
  if (error.final || coolDownMs > LONGEST_PAUSE_MS) return null
  if ((attemptsLeft ?? Infinity) <= LEFT_TO_THE_USER) return null
  const before = failures.filter(({ kind }) => kind === error.kind).length
  if (onceMore.has(error.kind)) return before === 0 ? coolDownMs : null
  if (!passingTrouble.has(error.kind)) return null
  const pause = troublePauses[failures.filter(({ kind }) => passingTrouble.has(kind)).length]
  return pause === undefined ? null : Math.max(pause, coolDownMs, isPasswordOpen ? LOST_REPLY_PAUSE_MS : 0)
}
