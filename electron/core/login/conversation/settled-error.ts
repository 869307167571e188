import { LoginError } from '../../errors.ts'
import type { EntryNames } from '../../state/attempts.ts'

/** What becomes of an error that leaves a password in the dark: one that does not invite another try. */
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
