import type { Account } from '../../state/account.ts'
import type { Broker } from '../../brokers/broker.ts'
import { attemptLimits, LEFT_TO_THE_USER } from '../../state/attempts.ts'
import { entryNames } from '../../state/entry-names.ts'

/** How many more attempts TokenTray makes by itself before it stops and waits for the user, in a sentence or two. */
export function attemptsWords(
  account: Pick<Account, 'spent' | 'attemptsLeft' | 'secretsSetAt'>,
  broker: Pick<Broker, 'fields'>,
): string {
  const { spent, attemptsLeft } = account
  if (attemptsLeft !== null && attemptsLeft <= LEFT_TO_THE_USER) {
    return 'TokenTray makes no more attempts by itself: the last ones before the broker locks the account are yours.'
  }
  const { password, totpSecret } = entryNames(account, broker)
  const codes = attemptLimits.code - spent.code
  if (spent.password >= attemptLimits.password) {
    return `TokenTray does not send this ${password} again. Enter it anew to allow one more attempt.`
  }
  if (codes <= 0) {
    return `TokenTray sends no more codes by itself. Enter the ${totpSecret ?? password} anew to allow two more.`
  }
  const left = codes === 1 ? 'one more code' : `${codes} codes`
  return `TokenTray may still send the ${password} once and ${left} before it stops by itself.`
}
