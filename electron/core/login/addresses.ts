import type { AddressRecord } from '../accounts/account.ts'
import type { Broker, TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { BrokerConversation } from './context.ts'
import type { Records } from './records.ts'

/**
 * Asks a broker, where it can say, which addresses orders may come from, once, and keeps the answer with the account.
 * The login is done by then: no trouble with this ends it.
 */
export async function noteAddresses(
  { records, clock }: { readonly records: Records; readonly clock: Clock },
  name: string,
  { addresses }: Pick<Broker, 'addresses'>,
  conversation: BrokerConversation,
  bundle: TokenBundle,
): Promise<void> {
  if (addresses === undefined) return
  try {
    const said = await addresses(conversation, bundle)
    if (said.seen === null && said.registered.length === 0) return
    await records.setAddresses(name, said, clock.now())
  } catch (error) {
    if (!(error instanceof LoginError)) throw error
    // A pause that the broker asks for holds from now on, whatever asked for it.
    await conversation.settleFailure(error)
  }
}

/**
 * Puts what a broker said of addresses into sentences, the warnings last.
 * @param broker the broker's name, such as "Kotak Neo"
 */
export function addressWords(broker: string, { seen, registered, before }: AddressRecord): string[] {
  const [house = broker] = broker.split(' ')
  const list = registered.join(', ')
  return [
    ...(seen === null ? [] : [`${house} saw ${seen}; orders must come from there.`]),
    ...(registered.length === 0 ? [] : [`${house} takes orders from ${list}.`]),
    ...(seen === null || before === null || seen === before
      ? []
      : [
          `Warning: the login before came from ${before}. Register ${seen} with ${house} if orders are to come from it.`,
        ]),
    ...(seen === null || registered.length === 0 || registered.includes(seen)
      ? []
      : [`Warning: ${seen} is not registered with ${house}, so it refuses orders from there.`]),
  ]
}
