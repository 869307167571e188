import type { Broker } from '../brokers/broker.ts'

/**
 * Tells whether an account only shows TOTP codes and has no login. It holds the TOTP secret alone, at a broker that
 * allows such accounts.
 * @param held the names of the fields that the account has a value for
 */
export function isForCodesAlone(
  { codesAlone, fields }: Pick<Broker, 'codesAlone' | 'fields'>,
  held: readonly string[],
): boolean {
  const [only, ...more] = fields.filter(({ name }) => held.includes(name))
  return codesAlone === true && only?.kind === 'totp' && more.length === 0
}
