import { besideToken } from '../../contract/status.ts'
import type { AccountHandle } from '../state/account-handle.ts'
import type { Broker, TokenBundle } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type { Keychain } from '../ports.ts'
import { isTokenBound } from '../accounts/binding.ts'
import { readBundle } from '../accounts/bundle.ts'
import type { Conversation } from './conversation/conversation.ts'
import { withSeen, withTokenLost } from './records.ts'

/**
 * Tells whether a failed probe says nothing about the token. The broker refuses this call from this address, or without
 * a paid plan. The token is kept and handed out as unverified.
 */
export const isBesideToken = (error: unknown): error is LoginError =>
  error instanceof LoginError && besideToken.has(error.kind)

/**
 * Asks the broker whether an account's token works, and records the answer. A token that other addresses have issued is
 * not sent and counts as lost.
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
  const isBound = await isTokenBound(keychain, handle.account, broker)
  const bundle = isBound ? await readBundle(keychain, name, broker) : null
  if (token !== null && bundle === null) await handle.update(withTokenLost(token))
  if (token === null || bundle === null) throw new LoginError('token-expired').naming(broker.name)
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
