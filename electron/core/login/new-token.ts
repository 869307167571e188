import type { Broker, TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type { Clock, Keychain } from '../ports.ts'
import { storeBundle } from '../tokens/bundle.ts'
import type { ClockOffset } from '../totp/clock-offset.ts'
import type { BrokerConversation } from './context.ts'
import type { Records } from './records.ts'

interface NewTokenParts {
  readonly keychain: Keychain
  readonly records: Records
  readonly clock: Clock
  readonly offset: ClockOffset
}

/** Stores an account's new token and tries it: only what the broker was seen to accept counts as good. */
export async function keepToken(
  { keychain, records, clock, offset }: NewTokenParts,
  name: string,
  broker: Broker,
  conversation: BrokerConversation,
  bundle: TokenBundle,
): Promise<void> {
  conversation.learn(bundle)
  const issuedAt = offset.brokerNow()
  // Until the last item is stored the state says "no token", so that a crash leaves none half written.
  await records.setToken(name, null)
  await storeBundle(keychain, name, broker, bundle)
  const token = { issuedAt, expiresAt: broker.expiresAt(issuedAt, bundle), seen: 'unverified' } as const
  await records.setToken(name, token)
  conversation.report('probe')
  try {
    await broker.probe(conversation, bundle)
  } catch (error) {
    if (!(error instanceof LoginError && error.kind === 'token-expired')) throw error
    await records.setToken(name, { ...token, seen: 'rejected' })
    throw new LoginError('protocol-changed', {
      message: 'The broker handed out a token and then did not accept it.',
      ...(error.brokerWords !== null && { brokerWords: error.brokerWords }),
    })
  }
  await records.setToken(name, { ...token, seen: 'accepted' })
  await records.setProblem(name, null, clock.now())
}
