import { withPath } from '../kit/address.ts'
import type { CallContext } from '../broker.ts'
import { lastQueryValue } from '../kit/replies.ts'

/** Another name of kite.zerodha.com for an app's login, which redirects to it. */
export const ALIAS = 'https://kite.trade'

/** Returns where a login to the user's app begins, for a browser too: https://kite.trade/docs/connect/v3/user/ */
export function connectUrl(context: CallContext): URL {
  return withPath(context.endpoint('web'), '/connect/login', { v: '3', api_key: context.setting('api_key') })
}

/** The registered address is not known here; no page of Kite's own is opened with these. */
export function isEnd(context: CallContext, address: URL): boolean {
  return endsSignIn(address, context.endpoint('web'))
}

/** Whether an address ends a sign-in, with a request token or without: one that is no page of Kite's own. */
export const endsSignIn = (address: URL, web: URL): boolean =>
  address.origin !== web.origin &&
  address.origin !== ALIAS &&
  (lastQueryValue(address, 'request_token') ?? lastQueryValue(address, 'status')) !== null
