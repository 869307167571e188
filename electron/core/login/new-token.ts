import type { TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type { Clock, Keychain } from '../ports.ts'
import { bindToken } from '../accounts/binding.ts'
import { assertSendable, storeBundle } from '../accounts/bundle.ts'
import type { ClockOffset } from '../totp/clock-offset.ts'
import { askAddresses } from './addresses.ts'
import type { Conversation } from './conversation/conversation.ts'
import { withObtained, withToken } from './records.ts'
import { isBesideToken } from './token-calls.ts'
import type { AccountHandle } from '../state/account-handle.ts'
import type { Trace } from '../state/trace.ts'

export interface NewTokenDeps {
  readonly keychain: Keychain
  readonly clock: Clock
  readonly offset: ClockOffset
}

/**
 * Stores an account's new token and probes it, because only a token that the broker accepted counts as good. A probe
 * that can't judge the token leaves it unverified and becomes the account's problem.
 * @param trace returns the trace of the whole login
 * @throws LoginError `protocol-changed` for a token that no request can carry, that has ended before or that the broker
 *   itself refuses, others when the probe failed
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
  assertSendable(bundle)
  const issuedAt = offset.brokerNow()
  const token = { issuedAt, expiresAt: broker.expiresAt(issuedAt, bundle), seen: 'unverified' } as const
  // By the broker's own clock too: ours may be wrong, and one broker alone does not set it right.
  if (token.expiresAt !== null && token.expiresAt <= Math.min(issuedAt, conversation.brokerNow()))
    throw new LoginError('protocol-changed', endedBefore)
  const store = async (): Promise<void> => {
    // The state says “no token” until the last item is stored, so that a crash leaves no half-written token.
    if (handle.account.token !== null) await handle.update(withToken(null))
    const stored = [storeBundle(keychain, name, broker, bundle), bindToken(keychain, handle.account, broker)]
    await Promise.all([...stored, conversation.settled()])
    // Recorded at once, so that a crash in the probe does not lose the login.
    await handle.update(withToken(token))
  }
  conversation.report('probe')
  const refusalNow = (): Promise<unknown> =>
    broker.probe(conversation, bundle).then(
      () => null,
      (error: unknown) => error,
    )
  // Stored while the broker thinks about it, because a keychain takes its time. Neither outlives the login.
  const probed = refusalNow()
  try {
    await store()
  } finally {
    await probed
  }
  let refusal = await probed
  if (broker.newTokenSettlesMs !== undefined && isRefused(refusal)) {
    await conversation.pause(broker.newTokenSettlesMs)
    refusal = await refusalNow()
  }
  if (isRefused(refusal)) {
    await handle.update(withToken({ ...token, seen: 'rejected' }))
    throw new LoginError('protocol-changed', {
      message: 'The broker handed out a token and then did not accept it.',
      ...wordsOf(refusal),
    })
  }
  const problem = refusal === null ? null : await doubtFrom(refusal, conversation)
  const addresses = await askAddresses(broker, conversation, bundle)
  const seen = problem === null ? 'accepted' : 'unverified'
  const tokenUser = conversation.tokenUser()
  const login = { token: { ...token, seen }, tokenUser, problem, addresses, trace: trace() } as const
  await handle.update(withObtained(login, clock.now()))
}

const isRefused = (refusal: unknown): refusal is LoginError =>
  refusal instanceof LoginError && refusal.kind === 'token-expired' && !refusal.mayBeGood

const endedBefore = {
  message: 'The broker handed out a token that had already ended, by its own word.',
  next: 'Try again in some minutes. If it stays so, look for a newer version of TokenTray.',
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
