import { besideToken } from '../../contract/status.ts'
import type { AccountHandle } from '../state/account-handle.ts'
import type { Broker, TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type { Clock, Keychain } from '../ports.ts'
import { readBundle, storeBundle } from '../accounts/bundle.ts'
import type { ClockOffset } from '../totp/clock-offset.ts'
import type { Trace } from '../state/trace.ts'
import { askAddresses } from './addresses.ts'
import type { Conversation } from './conversation/conversation.ts'
import { withObtained, withSeen, withToken, withTokenLost } from './records.ts'

/**
 * Whether a failed probe says nothing of the token: the broker does not answer this call from this address, or without
 * a plan for it. The token is kept then, and handed out as not checked from here.
 */
export const isBesideToken = (error: unknown): error is LoginError =>
  error instanceof LoginError && besideToken.has(error.kind)

/**
 * Asks the broker whether an account's token works, if it can still be alive, and remembers the answer.
 * @param converse opens the conversation to ask in
 * @throws LoginError `token-expired` when refused, others when the broker could not be asked
 */
export async function tryToken(
  keychain: Keychain,
  handle: AccountHandle,
  converse: () => Conversation,
): Promise<void> {
  const { name, broker } = handle
  const { token } = handle.account
  const bundle = await readBundle(keychain, name, broker)
  if (token !== null && bundle === null) await handle.update(withTokenLost(token))
  if (token === null || bundle === null) throw new LoginError('token-expired')
  const conversation = converse()
  conversation.assertNotCoolingDown()
  conversation.learn(bundle)
  try {
    await broker.probe(conversation, bundle)
  } catch (error) {
    if (!(error instanceof LoginError)) throw error
    const seen = error.kind === 'token-expired' ? 'rejected' : 'unverified'
    if (error.kind !== 'cancelled') await handle.update(withSeen(token, seen))
    throw await conversation.recordFailure(error)
  }
  await handle.update(withSeen(token, 'accepted'))
}

/**
 * Ends a token at its broker.
 * @throws LoginError when the broker may not have ended it
 */
export async function revokeToken(
  revoke: NonNullable<Broker['revoke']>,
  conversation: Conversation,
  bundle: TokenBundle,
): Promise<void> {
  conversation.assertNotCoolingDown()
  conversation.learn(bundle)
  try {
    await revoke(conversation, bundle)
  } catch (error) {
    // A token the broker no longer knows is as revoked as can be.
    if (error instanceof LoginError && error.kind === 'token-expired') return
    throw error instanceof LoginError ? await conversation.recordFailure(error) : error
  }
}

interface NewTokenDeps {
  readonly keychain: Keychain
  readonly clock: Clock
  readonly offset: ClockOffset
}

/**
 * Stores an account's new token and tries it: only what the broker was seen to accept counts as good. A probe that
 * can't judge it from here leaves it unverified, with the reason as the account's problem.
 * @param trace the login's trace, once it has come to its end
 */
export async function keepToken(
  { keychain, clock, offset }: NewTokenDeps,
  handle: AccountHandle,
  conversation: Conversation,
  bundle: TokenBundle,
  trace: () => Trace,
): Promise<void> {
  const { name, broker } = handle
  conversation.learn(bundle)
  const issuedAt = offset.brokerNow()
  // Until the last item is stored the state says "no token", so that a crash leaves none half written.
  if (handle.account.token !== null) await handle.update(withToken(null))
  await Promise.all([storeBundle(keychain, name, broker, bundle), conversation.settled()])
  const token = { issuedAt, expiresAt: broker.expiresAt(issuedAt, bundle), seen: 'unverified' } as const
  // Before the probe, so that no crash in it loses a login.
  await handle.update(withToken(token))
  conversation.report('probe')
  const refusal: unknown = await broker.probe(conversation, bundle).then(
    () => null,
    (error: unknown) => error,
  )
  if (refusal instanceof LoginError && refusal.kind === 'token-expired' && !refusal.mayBeGood) {
    await handle.update(withToken({ ...token, seen: 'rejected' }))
    throw new LoginError('protocol-changed', {
      message: 'The broker handed out a token and then did not accept it.',
      ...wordsOf(refusal),
    })
  }
  const problem = refusal === null ? null : await doubtFrom(refusal, conversation)
  const addresses = await askAddresses(broker, conversation, bundle)
  const seen = problem === null ? 'accepted' : 'unverified'
  const login = { token: { ...token, seen }, problem, addresses, trace: trace() } as const
  await handle.update(withObtained(login, clock.now()))
}

/** Returns what to tell the user of a probe that says nothing of the token; throws any other. */
async function doubtFrom(refusal: unknown, conversation: Conversation): Promise<LoginError> {
  if (refusal instanceof LoginError && refusal.mayBeGood) {
    return conversation.recordFailure(new LoginError('broker-down', { ...cannotJudge, ...wordsOf(refusal) }))
  }
  if (isBesideToken(refusal)) return conversation.recordFailure(refusal)
  throw refusal
}

const cannotJudge = {
  message: 'The broker can’t judge the new token now, as happens outside market hours.',
  next: 'It is kept and handed out, and checked again at the next login.',
}

const wordsOf = ({ brokerWords }: LoginError): { brokerWords?: string } =>
  brokerWords === null ? {} : { brokerWords }
