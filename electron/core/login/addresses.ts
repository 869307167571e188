import * as z from 'zod/mini'
import type { Account, AddressRecord } from '../state/account.ts'
import type { Broker, BrokerAddresses, TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type { Conversation } from './conversation/conversation.ts'

/**
 * Asks a broker which addresses it accepts orders from. A failure does not end the login, because the token is already
 * stored.
 * @returns null when the broker does not say
 */
export async function askAddresses(
  { addresses }: Pick<Broker, 'addresses'>,
  conversation: Conversation,
  bundle: TokenBundle,
): Promise<BrokerAddresses | null> {
  if (addresses === undefined) return null
  try {
    const said = await addresses(conversation, bundle)
    return said.seen === null && said.registered.length === 0 ? null : said
  } catch (error) {
    if (!(error instanceof LoginError)) throw error
    // A cool-down that the broker asks for applies to all calls from now on.
    await conversation.recordFailure(error)
    return null
  }
}

const isAddress = (word: string): boolean => z.union([z.ipv4(), z.ipv6()]).safeParse(word).success

/**
 * Returns the public address that a broker does not accept: the one that its refusal names, or else the one that it
 * saw the last login come from. Null when neither is known, or when the refusal names several.
 */
export function refusedAddress({
  problem,
  addresses,
}: Pick<Account, 'problem' | 'addresses'>): string | null {
  if (problem?.kind !== 'ip-not-allowed') return null
  const words = (problem.brokerWords ?? '').split(/[^\da-f.:]+/i).map((word) => word.replace(/[.:]+$/, ''))
  const [named, other] = new Set(words.filter(isAddress))
  return other === undefined ? (named ?? addresses?.seen ?? null) : null
}

/**
 * Returns what a broker said about addresses, as sentences with the warnings last.
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
