import type { AccountView, Problem } from '../../contract/state.ts'
import { accountWords, statusOf } from '../../contract/status.ts'
import { houseName } from '../../contract/words.ts'
import { fieldToMend } from '../../core/login/attempts/messages.ts'
import type { LoginError } from '../../core/errors.ts'
import type { Account } from '../../core/state/account.ts'
import type { AccountHandle } from '../../core/state/account-handle.ts'
import { signs } from './paint.ts'
import type { Styled } from './styled.ts'

/** Shown in place of an empty list of accounts. */
export const NO_ACCOUNT_YET = 'No account yet. Add one with: tokentray account add NAME --broker ID'

/** Follows the problem of a keychain that a practice account can do without. */
export const NOTHING_IS_KEPT = 'This practice morning goes on without one and forgets everything at its end.'

/** Returns an account's state in one line, such as "ready until 06:00 tomorrow". */
export const stateWords = (view: AccountView, now: number): string =>
  accountWords(view, now, new Date(now).getTimezoneOffset())

/** Returns the sign of an account's state in its colour. */
export function stateSign(view: AccountView, now: number): Exclude<Styled, string>[number] {
  const { shape, tone } = statusOf(view, now)
  return { text: signs[shape], tone }
}

/** Returns what a broker last said of addresses, for `--json`; null when it has said nothing. */
export function addressReport({ addresses }: Account): object | null {
  if (addresses === undefined) return null
  const { seen, before, registered, at } = addresses
  return { seen, seen_before: before, registered, at: new Date(at).toISOString() }
}

/**
 * Returns a problem, its advice and the command that follows it as lines for the terminal.
 * @param of the account that has the problem; null when it is not about one
 */
export function problemLines(problem: Problem | LoginError, of: AccountHandle | null = null): string[] {
  return [
    problem.message,
    ...(problem.brokerWords === null
      ? []
      : [`  ${of === null ? 'The broker' : houseName(of.broker.name)} says: “${problem.brokerWords}”`]),
    `  ${problem.next}`,
    ...(keychainHints[problem.kind] ?? []).map((line) => `  ${line}`),
    ...(of === null ? [] : nextCommand(problem, of).map((command) => `  Run: ${command}`)),
  ]
}

/** What else helps on a computer without a desktop. */
const keychainHints: Partial<Record<Problem['kind'], readonly string[]>> = {
  'keychain-missing': [
    'From cron or a service, use what “tokentray schedule print” prints: it knows the way to the keychain.',
    'On a server: tokentray keychain init --sealed-file',
  ],
}

/** Returns the command that does what a problem asks for; empty when no command does. */
function nextCommand(
  problem: Pick<Problem, 'kind' | 'retrySafe'>,
  { account, broker, name }: AccountHandle,
): string[] {
  const field = fieldToMend(problem, account, broker)
  if (field !== null) return [`tokentray account edit ${name} --ask ${field}`]
  const mustAccept = account.termsAcceptedAt === null && account.mode !== 'assisted'
  if (problem.kind === 'consent-required' && mustAccept)
    return [`tokentray account edit ${name} --accept-terms`]
  if (problem.kind.startsWith('keychain-')) return ['tokentray doctor']
  if (problem.kind === 'app-config') return [`tokentray account show ${name}`]
  return problem.retrySafe || problem.kind === 'consent-required' ? [`tokentray login ${name}`] : []
}
