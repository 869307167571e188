import { inSentence } from '../../contract/words.ts'
import type { Account } from './account.ts'
import type { Broker, FieldKind } from '../brokers/broker.ts'

/** What an account's counted entries are called, as they stand in a sentence. */
export interface EntryNames {
  /** Such as "password" or "MPIN". */
  readonly password: string
  /** Such as "TOTP setup key"; null where none is stored and the user types the codes. */
  readonly totpSecret: string | null
}

export function entryNames(
  { secretsSetAt }: Pick<Account, 'secretsSetAt'>,
  { fields }: Pick<Broker, 'fields'>,
): EntryNames {
  const field = (wanted: FieldKind) => fields.find(({ kind }) => kind === wanted)
  const totp = field('totp')
  return {
    password: inSentence(field('guarded')?.label ?? 'password'),
    totpSecret: totp !== undefined && totp.name in secretsSetAt ? inSentence(totp.label) : null,
  }
}
