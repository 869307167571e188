import type { Broker } from '../brokers/broker.ts'

/**
 * Whether an account shows TOTP codes and has no login: of its broker's fields it holds the TOTP secret alone, and
 * the broker has such accounts.
 * @param held the names of the fields that it has a value for
 */
export function isForCodesAlone(
  { codesAlone, fields }: Pick<Broker, 'codesAlone' | 'fields'>,
  held: readonly string[],
): boolean {
  const [only, ...more] = fields.filter(({ name }) => held.includes(name))
  return codesAlone === true && only?.kind === 'totp' && more.length === 0
}
