import { tokenBindingKey, tokenKey } from '../state/account.ts'
import type { Broker, TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import { fitsHeader } from '../harmless.ts'
import type { Keychain } from '../ports.ts'
import type { Secret } from '../secret.ts'

type BundleFields = Pick<Broker, 'tokenFields' | 'optionalTokenFields'>

/** Returns the names of all fields that a broker's token bundle may have. */
export const bundleFields = ({ tokenFields, optionalTokenFields = [] }: BundleFields): string[] => [
  ...tokenFields,
  ...optionalTokenFields,
]

/**
 * Returns an account's token bundle from the keychain; null when a required field is missing. A value that no request
 * can carry counts as missing.
 */
export async function readBundle(
  keychain: Keychain,
  account: string,
  broker: BundleFields,
): Promise<TokenBundle | null> {
  const read = async (field: string) => [field, await keychain.get(tokenKey(account, field))] as const
  const stored = await Promise.all(bundleFields(broker).map(read))
  const bundle: Record<string, Secret> = {}
  for (const [field, value] of stored) {
    if (value !== null && fitsHeader(value.reveal())) bundle[field] = value
    else if (broker.tokenFields.includes(field)) return null
  }
  return bundle
}

/**
 * Checks a new token bundle: a value with a line end, an escape or a letter of another script fits no header.
 * @throws LoginError `protocol-changed`
 */
export function assertSendable(bundle: TokenBundle): void {
  if (Object.values(bundle).every((value) => fitsHeader(value.reveal()))) return
  throw new LoginError('protocol-changed', {
    message: 'The broker handed out a token that no request can carry. It was not kept.',
  })
}

/** Stores an account's token bundle in the keychain. Deletes the optional fields that this bundle does not have. */
export async function storeBundle(
  keychain: Keychain,
  account: string,
  broker: BundleFields,
  bundle: TokenBundle,
): Promise<void> {
  const { optionalTokenFields = [] } = broker
  await Promise.all([
    ...Object.entries(bundle).map(([field, value]) => keychain.set(tokenKey(account, field), value)),
    ...optionalTokenFields
      .filter((field) => bundle[field] === undefined)
      .map((field) => keychain.delete(tokenKey(account, field))),
  ])
}

/** Deletes an account's token bundle from the keychain. */
export async function deleteBundle(keychain: Keychain, account: string, broker: BundleFields): Promise<void> {
  for (const field of bundleFields(broker)) await keychain.delete(tokenKey(account, field))
  await keychain.delete(tokenBindingKey(account))
}
