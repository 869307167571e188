import type { Account } from '../../state/account.ts'
import type { Broker, FieldKind } from '../../brokers/broker.ts'
import { fieldOfKind } from '../../brokers/find-field.ts'
import { attemptLimits, LEFT_TO_THE_USER, entryNames } from '../../state/attempts.ts'
import type { Problem } from '../../../contract/state.ts'

/** How many more attempts TokenTray makes by itself before it stops and waits for the user, in a sentence or two. */
export function attemptsWords(
  account: Pick<Account, 'spent' | 'attemptsLeft' | 'secretsSetAt'>,
  broker: Pick<Broker, 'fields' | 'name'>,
): string {
  const { spent, attemptsLeft } = account
  if (attemptsLeft !== null && attemptsLeft <= LEFT_TO_THE_USER) {
    return 'TokenTray stops here. The last tries before the account is locked are yours.'
  }
  const { password, totpSecret } = entryNames(account, broker)
  const codes = attemptLimits.code - spent.code
  if (spent.password >= attemptLimits.password) {
    return `Enter the right ${password} to try again.`
  }
  if (codes <= 0) {
    return `Enter the ${totpSecret ?? password} again to try two more codes.`
  }
  const left = codes === 1 ? 'one more code' : `${codes} codes`
  return `TokenTray sends the ${password} once more and ${left}, then it stops.`
}

/** The name of the field to look at first; null when the problem is not about one. */
export function fieldToMend(
  { kind }: Pick<Problem, 'kind'>,
  account: Pick<Account, 'proxy' | 'secretsSetAt' | 'spent'>,
  broker: Pick<Broker, 'fields' | 'name'>,
): string | null {
  const first = (wanted: FieldKind): string | null => fieldOfKind(broker, wanted)?.name ?? null
  // A code that the user has typed says nothing of a secret.
  const totp = entryNames(account, broker).totpSecret === null ? null : first('totp')
  if (kind === 'bad-credentials' || kind === 'account-locked') return first('guarded')
  if (kind === 'bad-totp') return totp
  if (kind === 'second-factor-mismatch') return first('totp')
  if (kind === 'app-config') return account.proxy === null ? first('secret') : null
  if (kind !== 'budget-spent') return null
  return account.spent.password >= attemptLimits.password ? first('guarded') : (totp ?? first('guarded'))
}
