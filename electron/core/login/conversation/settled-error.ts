import type { Problem, ProblemKind } from '../../../contract/state.ts'
import { LoginError } from '../../errors.ts'
import type { EntryNames } from '../../state/attempts.ts'

/** Turns an error that leaves a password without an answer into one that is not retried. */
export function outcomeUnknown(
  error: LoginError,
  brokerWords: string | null,
  { password }: EntryNames,
): LoginError {
  return new LoginError('budget-spent', {
    message: `${error.message} The ${password} was already on its way, so the broker may have counted it.`,
    cause: error,
    ...(brokerWords !== null && { brokerWords }),
  })
}

/** Problems that a later refusal of ours rests on. */
const reasons: ReadonlySet<ProblemKind> = new Set([
  'bad-credentials',
  'bad-totp',
  'account-locked',
  'budget-spent',
])

/**
 * Returns a refusal to send more entries together with the broker's own words on the last one, because a reason that is
 * known must not be lost.
 * @param before the account's problem until now
 */
export function withKnownReason(error: LoginError, before: Problem | null): LoginError {
  if (error.kind !== 'budget-spent' || error.brokerWords !== null || before === null) return error
  if (!reasons.has(before.kind)) return error
  const { brokerWords, message, next } = before
  if (brokerWords === null) return error
  // A second refusal keeps the words of the first one, which say when the broker refused.
  return error.with({ brokerWords, ...(before.kind === 'budget-spent' && { message, next }) })
}
