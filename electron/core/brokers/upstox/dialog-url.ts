import { withPath } from '../kit/address.ts'
import type { CallContext } from '../broker.ts'

/** Where a login to the user's app begins, for a browser too: https://upstox.com/developer/api-documentation/authorize */
export function dialogUrl(context: CallContext): URL {
  return withPath(context.endpoint('api'), '/v2/login/authorization/dialog', {
    response_type: 'code',
    client_id: context.setting('client_id'),
    redirect_uri: context.setting('redirect_uri'),
  })
}
