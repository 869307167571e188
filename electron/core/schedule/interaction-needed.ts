import type { Account } from '../state/account.ts'
import { storedTotpField } from '../state/attempts.ts'
import type { Broker } from '../brokers/broker.ts'
import { fieldOfKind } from '../brokers/find-field.ts'

/**
 * Returns the interaction that a login of an account needs, `code` or `sign-in`; null for an unattended login. If the
 * broker does not define `asksForCode`, a login needs a code when the optional TOTP secret is missing.
 */
export function interactionNeeded(account: Account, broker: Broker): 'code' | 'sign-in' | null {
  if (account.mode === 'assisted') return 'sign-in'
  return asksForCode(account, broker) ? 'code' : null
}

function asksForCode(account: Account, broker: Broker): boolean {
  if (broker.asksForCode !== undefined) return broker.asksForCode(account.settings)
  return fieldOfKind(broker, 'totp') !== undefined && storedTotpField(account, broker) === undefined
}
