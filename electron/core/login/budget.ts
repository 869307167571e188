import type { Attempts } from '../accounts/account.ts'
import { LoginError } from '../errors.ts'
import type { EntryNames } from './entry-names.ts'

/**
 * How many attempts may be on their way or refused per login until the user changes something. Most brokers
 * block an account after five wrong entries; these leave the user more than half of them.
 */
export const attemptLimits = { password: 1, code: 2 } as const
/** Where the broker says how many wrong entries it will still take, these last ones are the user's own. */
export const LEFT_TO_THE_USER = 2

export type AttemptKind = keyof typeof attemptLimits

/**
 * Writes one more attempt down. To be saved before the attempt is sent, so that no crash can forget it.
 * @param names for the words of a refusal
 * @throws LoginError `budget-spent`
 */
export function spend<T extends Attempts>(attempts: T, kind: AttemptKind, names: EntryNames): T {
  const { spent, attemptsLeft } = attempts
  if (spent[kind] >= attemptLimits[kind]) throw new LoginError('budget-spent', words[kind](names))
  if (attemptsLeft !== null && attemptsLeft <= LEFT_TO_THE_USER) throw nearlyLocked(attemptsLeft)
  return withSpent(attempts, kind, spent[kind] + 1)
}

/** Allows new attempts of one kind: the broker has accepted one, or the user has entered its secret again. */
export function settle<T extends Attempts>(attempts: T, kind: AttemptKind): T {
  return { ...withSpent(attempts, kind, 0), attemptsLeft: null }
}

/** Takes one attempt back that the broker surely has not judged. */
export function takeBack<T extends Attempts>(attempts: T, kind: AttemptKind): T {
  return withSpent(attempts, kind, Math.max(0, attempts.spent[kind] - 1))
}

function withSpent<T extends Attempts>(attempts: T, kind: AttemptKind, count: number): T {
  return { ...attempts, spent: { ...attempts.spent, [kind]: count } }
}

function nearlyLocked(left: number): LoginError {
  if (left === 0) {
    return new LoginError('budget-spent', {
      message: 'The broker takes no more wrong entries for this account.',
    })
  }
  const entries = left === 1 ? 'one more wrong entry' : `${left} more wrong entries`
  return new LoginError('budget-spent', {
    message: `The broker locks this account after ${entries}. TokenTray leaves ${left === 1 ? 'it' : 'them'} to you.`,
  })
}

const words: Record<AttemptKind, (names: EntryNames) => { message: string; next: string }> = {
  password: ({ password }) => ({
    message: `The ${password} was sent once and the broker is not known to have accepted it. It is not sent again.`,
    next: `Try your ${password} on the broker’s own page or in its app, then enter it again here.`,
  }),
  code: ({ password, totpSecret }) => ({
    message: 'Two codes were sent and the broker is not known to have accepted either. No more are sent.',
    next:
      totpSecret === null
        ? `Enter your ${password} again here: then you are asked for a code again.`
        : `Compare the code here with your authenticator app, then enter the ${totpSecret} again here.`,
  }),
}
