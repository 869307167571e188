import type { Broker, Field } from '../broker.ts'
import { envNames } from '../env-names.ts'

/**
 * Returns a field's names in `.env` files: the first prefix and ending make our own name, all others are aliases.
 * @param prefixes such as `ANGEL_ONE ANGEL SMARTAPI`
 * @param endings such as `CLIENT_CODE CLIENT_ID`
 */
export function envOf(prefixes: string, endings: string): Pick<Field, 'env' | 'aliases'> {
  const [env = '', ...aliases] = envNames(prefixes, endings)
  return { env, aliases }
}

/** Returns the variables of a token's fields, such as `DHAN_ACCESS_TOKEN` for `access_token`. */
export const exportsOf = (prefix: string, fields: readonly string[]): Broker['exports'] =>
  Object.fromEntries(fields.map((field) => [field, `${prefix}_${field.toUpperCase()}`]))

/**
 * Returns the terms of a login that the broker documents for programs.
 * @param secrets what the login needs to have here, such as "PIN and your TOTP secret"
 * @param source where the broker says so
 */
export const documentedLogin = (name: string, secrets: string, source: string): Broker['terms'] => ({
  label: 'documented machine login',
  sentence:
    `${name} documents this login for programs. It needs your ${secrets} on one computer, where two factors are as ` +
    'good as one: whoever can use this computer can log in. Keeping both here is at your own risk.',
  source,
})
