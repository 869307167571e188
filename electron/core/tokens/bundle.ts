import { tokenKey } from '../accounts/account.ts'
import type { Broker, TokenBundle } from '../brokers/broker.ts'
import type { Keychain } from '../ports.ts'
import type { Secret } from '../secret.ts'

/** An account's token bundle from the keychain; null when any of its fields is not there. */
export async function readBundle(
  keychain: Keychain,
  account: string,
  broker: Broker,
): Promise<TokenBundle | null> {
  const bundle: Record<string, Secret> = {}
  for (const field of broker.tokenFields) {
    const value = await keychain.get(tokenKey(account, field))
    if (value === null) return null
    bundle[field] = value
  }
  return bundle
}
