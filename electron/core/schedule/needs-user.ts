import { heldBy, type Account } from '../accounts/account.ts'
import type { Broker } from '../brokers/broker.ts'

/**
 * Whether a login of an account stops to ask its user for a code. Where the broker does not say, it does when its
 * TOTP secret may be left out and is.
 */
export function asksForCode(account: Account, broker: Broker): boolean {
  if (broker.asksForCode !== undefined) return broker.asksForCode(account.settings)
  const totp = broker.fields.find(({ kind }) => kind === 'totp')
  return totp !== undefined && !heldBy(account).includes(totp.name)
}
