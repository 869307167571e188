import { isNotCheckedHere } from '../../contract/status.ts'
import { untilWords } from '../../contract/words.ts'
import type { Freshness, Problem } from '../../contract/state.ts'
import type { Account } from '../../core/state/account.ts'
import type { LoginError } from '../../core/errors.ts'

const freshnessWords: Readonly<Record<Freshness, string>> = {
  none: 'no token yet',
  fresh: 'ready',
  expiring: 'ready',
  expired: 'expired',
  rejected: 'no longer accepted by the broker',
  unverified: 'not checked: the broker could not be asked',
}

/** Shown in place of an empty list of accounts. */
export const NO_ACCOUNT_YET = 'No account yet. Add one with: tokentray account add NAME --broker ID'

/** Follows the problem of a keychain that a practice account can do without. */
export const NOTHING_IS_KEPT = 'This practice morning goes on without one and forgets everything at its end.'

/** Describes an account's token in one line, such as "ready until 06:00 tomorrow". */
export function tokenWords(account: Account, freshness: Freshness, now: number): string {
  const isKept = isNotCheckedHere({ freshness, problem: account.problem })
  const words = isKept ? 'not checked from here, handed out all the same' : freshnessWords[freshness]
  const end = account.token?.expiresAt ?? null
  if (end === null || (freshness !== 'fresh' && freshness !== 'expiring' && !isKept)) return words
  return `${words} ${untilWords(end, now, new Date(now).getTimezoneOffset())}`
}

/** Returns what a broker last said of addresses, for `--json`; null when it has said nothing. */
export function addressReport({ addresses }: Account): object | null {
  if (addresses === undefined) return null
  const { seen, before, registered, at } = addresses
  return { seen, seen_before: before, registered, at: new Date(at).toISOString() }
}

/** Returns a problem and its advice as lines for the terminal. */
export function problemLines(problem: Problem | LoginError): string[] {
  return [
    problem.message,
    ...(problem.brokerWords === null ? [] : [`  The broker says: “${problem.brokerWords}”`]),
    `  ${problem.next}`,
  ]
}
