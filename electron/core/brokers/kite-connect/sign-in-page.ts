import type { CallContext } from '../broker.ts'
import { isRedirectTo } from '../kit/redirect-url.ts'
import { lastQueryValue, withPath } from '../kit/replies.ts'

/** A second host of an app's login, which redirects to kite.zerodha.com. */
export const ALIAS = 'https://kite.trade'

/** Returns the address at which a login to the user's app begins, also in a browser: https://kite.trade/docs/connect/v3/user/ */
export function connectUrl(context: CallContext): URL {
  return withPath(context.endpoint('web'), '/connect/login', { v: '3', api_key: context.setting('api_key') })
}

/**
 * Returns whether the sign-in ends at an address: at the registered one where the user has entered it, so that no other
 * page hands in a request token of its own; else at any outside Kite, because no page of Kite's has these parameters.
 */
export function isEnd(context: CallContext, address: URL): boolean {
  const registered = context.setting('redirect_url')
  return (
    endsSignIn(address, context.endpoint('web')) && (registered === '' || isRedirectTo(registered, address))
  )
}

/** Returns whether an address outside Kite ends a sign-in, with or without a request token. */
export const endsSignIn = (address: URL, web: URL): boolean =>
  address.origin !== web.origin &&
  address.origin !== ALIAS &&
  (lastQueryValue(address, 'request_token') ?? lastQueryValue(address, 'status')) !== null
