import { tokenKey } from '../accounts/account.ts'
import type { Broker, TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type { Clock, Keychain } from '../ports.ts'
import type { ClockOffset } from '../totp/clock-offset.ts'
import type { BrokerConversation } from './context.ts'
import type { Records } from './records.ts'
import { isBesideToken } from './token-calls.ts'
import type { Trace } from './trace.ts'

interface NewTokenParts {
  readonly keychain: Keychain
  readonly records: Records
  readonly clock: Clock
  readonly offset: ClockOffset
}

/**
 * Stores an account's new token and tries it: only what the broker was seen to accept counts as good. A probe that
 * can't judge it from here leaves it unverified, with the reason as the account's problem.
 * @param trace the login's trace, once it has come to its end
 */
export async function keepToken(
  { keychain, records, clock, offset }: NewTokenParts,
  name: string,
  broker: Broker,
  conversation: BrokerConversation,
  bundle: TokenBundle,
  trace: () => Trace,
): Promise<void> {
  conversation.learn(bundle)
  const issuedAt = offset.brokerNow()
  // Until the last item is stored the state says "no token", so that a crash leaves none half written.
  await records.clearToken(name)
  await Promise.all(
    Object.entries(bundle).map(([field, value]) => keychain.set(tokenKey(name, field), value)),
  )
  const token = { issuedAt, expiresAt: broker.expiresAt(issuedAt, bundle), seen: 'unverified' } as const
  conversation.report('probe')
  // Written down while the broker looks at it, so that no crash loses a login.
  const [probed] = await Promise.allSettled([
    broker.probe(conversation, bundle),
    records.setToken(name, token),
    conversation.settled(),
  ])
  const refusal: unknown = probed.status === 'rejected' ? probed.reason : null
  if (refusal instanceof LoginError && refusal.kind === 'token-expired') {
    await records.setToken(name, { ...token, seen: 'rejected' })
    throw new LoginError('protocol-changed', {
      message: 'The broker handed out a token and then did not accept it.',
      ...(refusal.brokerWords !== null && { brokerWords: refusal.brokerWords }),
    })
  }
  if (refusal !== null && !isBesideToken(refusal)) throw refusal
  // Once more where the first write failed.
  await conversation.settled()
  const seen = refusal === null ? 'accepted' : 'unverified'
  const problem = refusal === null ? null : await conversation.settleFailure(refusal)
  await records.setObtained(name, { ...token, seen }, problem, clock.now(), trace())
}
