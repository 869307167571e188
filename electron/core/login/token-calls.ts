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
 * Tells whether a failed probe says nothing about the token. The broker refuses this call from this address, or without
 * a paid plan. The token is kept and handed out as unverified.
 */
export const isBesideToken = (error: unknown): error is LoginError =>
  error instanceof LoginError && besideToken.has(error.kind)

/**
 * Asks the broker whether an account's token works, and records the answer.
 * @param converse opens the conversation for it
 * @throws LoginError `token-expired` when there is no token or the broker refuses it, others when the broker could not
 *   be asked
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
 * Revokes a token at its broker.
 * @throws LoginError when the token may still work
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
    // The broker no longer knows the token, so there is nothing left to revoke.
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
 * Stores an account's new token and probes it, because only a token that the broker accepted counts as good. A probe
 * that can't judge the token leaves it unverified and becomes the account's problem.
 * @param trace returns the trace of the whole login
 * @throws LoginError `protocol-changed` when the broker refuses its own new token, others when the probe failed
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
  // The state says “no token” until the last item is stored, so that a crash leaves no half-written token.
  if (handle.account.token !== null) await handle.update(withToken(null))
  await Promise.all([storeBundle(keychain, name, broker, bundle), conversation.settled()])
  const token = { issuedAt, expiresAt: broker.expiresAt(issuedAt, bundle), seen: 'unverified' } as const
  // Recorded before the probe, so that a crash in the probe does not lose the login.
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

/** Returns the problem of a probe that says nothing about the token. Rethrows all other errors. */
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
