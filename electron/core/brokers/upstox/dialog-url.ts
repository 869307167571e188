import { withPath } from '../kit/replies.ts'
import type { CallContext } from '../broker.ts'

/**
 * Returns the address at which a login to the user's app begins, also in a browser:
 * https://upstox.com/developer/api-documentation/authorize
 * @param state comes back on the redirect URL
 */
export function dialogUrl(context: CallContext, state?: string): URL {
  return withPath(context.endpoint('api'), '/v2/login/authorization/dialog', {
    response_type: 'code',
    client_id: context.setting('client_id'),
    redirect_uri: context.setting('redirect_uri'),
    ...(state !== undefined && { state }),
  })
}
