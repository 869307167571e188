import type { Account } from '../state/account.ts'
import { storedTotpField } from '../state/attempts.ts'
import type { Broker } from '../brokers/broker.ts'
import { fieldOfKind } from '../brokers/field-of-kind.ts'

/**
 * What a login of an account waits for its user to do, `code` or `sign-in`; null when it needs nobody. Where the
 * broker does not say whether it asks for a code, it does when its TOTP secret may be left out and is.
 */
export function waitsForUser(account: Account, broker: Broker): 'code' | 'sign-in' | null {
  if (account.mode === 'assisted') return 'sign-in'
  return asksForCode(account, broker) ? 'code' : null
}

function asksForCode(account: Account, broker: Broker): boolean {
  if (broker.asksForCode !== undefined) return broker.asksForCode(account.settings)
  return fieldOfKind(broker, 'totp') !== undefined && storedTotpField(account, broker) === undefined
}
