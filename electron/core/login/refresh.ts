import { readBundle } from '../accounts/bundle.ts'
import { LoginError } from '../errors.ts'
import type { AccountHandle } from '../state/account-handle.ts'
import type { TokenRecord } from '../state/freshness.ts'
import type { Trace } from '../state/trace.ts'
import type { Conversation } from './conversation/conversation.ts'
import { keepToken, type NewTokenDeps } from './new-token.ts'
import { withTokenUnverified } from './records.ts'

/** Tells whether a token is past half of its life, so that a refresh is worth a request. All times in epoch ms. */
export const isRefreshDue = (token: TokenRecord | null, now: number): boolean =>
  token?.expiresAt != null && now - token.issuedAt > (token.expiresAt - token.issuedAt) / 2

/**
 * Tells whether a token is in the last third of its life, so that it may end before the market closes. All times in
 * epoch ms.
 */
export const isNearEnd = (token: TokenRecord | null, now: number): boolean =>
  token?.expiresAt != null && now - token.issuedAt > ((token.expiresAt - token.issuedAt) * 2) / 3

/**
 * Exchanges a token that works for one that lives longer.
 * @param converse opens the conversation for it
 * @returns false when the broker did not do so; the token at hand may or may not have ended then
 * @throws LoginError when the new token does not work
 */
export async function refreshToken(
  deps: NewTokenDeps,
  handle: AccountHandle,
  converse: () => Conversation,
  trace: () => Trace,
): Promise<boolean> {
  const { broker, name } = handle
  const bundle = await readBundle(deps.keychain, name, broker)
  if (broker.refresh === undefined || bundle === null) return false
  const conversation = converse()
  conversation.learn(bundle)
  // The broker may end the token at hand as soon as it reads the request.
  await handle.update(withTokenUnverified)
  let fresh
  try {
    fresh = await broker.refresh(conversation, bundle)
  } catch (error) {
    if (!(error instanceof LoginError) || error.kind === 'cancelled') throw error
    await conversation.recordFailure(error)
    return false
  }
  try {
    await keepToken(deps, handle, conversation, fresh, trace)
    return true
  } catch (error) {
    throw error instanceof LoginError ? await conversation.recordFailure(error) : error
  }
}
