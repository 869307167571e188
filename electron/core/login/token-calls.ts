import { besideToken } from '../../contract/status.ts'
import type { AccountHandle } from '../state/account-handle.ts'
import type { Broker, TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type { Keychain } from '../ports.ts'
import { readBundle } from '../accounts/bundle.ts'
import type { Conversation } from './conversation/conversation.ts'
import { withSeen, withTokenLost } from './records.ts'

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
