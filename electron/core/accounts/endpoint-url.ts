import type { Broker } from '../brokers/broker.ts'
import type { Account } from '../state/account.ts'

/** The address an account uses for one of its broker's endpoints. */
export function endpointUrl(
  account: Pick<Account, 'endpoints'>,
  broker: Pick<Broker, 'endpoints' | 'id'>,
  key: string,
): URL {
  const address = account.endpoints[key] ?? broker.endpoints[key]
  if (address === undefined) throw new TypeError(`${broker.id} has no endpoint ${key}`)
  return new URL(address)
}
