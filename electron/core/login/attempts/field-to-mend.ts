import type { Problem } from '../../../contract/state.ts'
import type { Account } from '../../state/account.ts'
import type { Broker, FieldKind } from '../../brokers/broker.ts'
import { attemptLimits } from '../../state/attempts.ts'
import { entryNames } from '../../state/entry-names.ts'

/** The name of the field to look at first; null when the problem is not about one. */
export function fieldToMend(
  { kind }: Pick<Problem, 'kind'>,
  account: Pick<Account, 'proxy' | 'secretsSetAt' | 'spent'>,
  broker: Pick<Broker, 'fields'>,
): string | null {
  const first = (wanted: FieldKind): string | null =>
    broker.fields.find((field) => field.kind === wanted)?.name ?? null
  // A code that the user has typed says nothing of a secret.
  const totp = entryNames(account, broker).totpSecret === null ? null : first('totp')
  if (kind === 'bad-credentials' || kind === 'account-locked') return first('guarded')
  if (kind === 'bad-totp') return totp
  if (kind === 'second-factor-mismatch') return first('totp')
  if (kind === 'app-config') return account.proxy === null ? first('secret') : null
  if (kind !== 'budget-spent') return null
  return account.spent.password >= attemptLimits.password ? first('guarded') : (totp ?? first('guarded'))
}
