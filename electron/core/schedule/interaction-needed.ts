import { filledFields, type Account } from '../state/account.ts'
import type { Broker } from '../brokers/broker.ts'

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
  const totp = broker.fields.find(({ kind }) => kind === 'totp')
  return totp !== undefined && !filledFields(account).includes(totp.name)
}
