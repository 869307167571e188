import type { HttpReply } from '../../ports.ts'
import { tokenField, withPath } from '../kit/replies.ts'
import type { CallContext, TokenBundle } from '../broker.ts'
import { finKey } from './login.ts'
import { checkOrderBook, isDoubtful } from './replies.ts'

export { addresses } from './addresses.ts'
export { login } from './login.ts'

/**
 * Asks for the order book. Kotak shows it to any address, so this probe can't tell whether Kotak would take orders.
 * A refusal that may be wrong is checked with a second request, because a new login would end the session.
 */
export async function probe(context: CallContext, bundle: TokenBundle): Promise<void> {
  const ask = (): Promise<HttpReply> =>
    context.http.send({
      method: 'GET',
      url: withPath(new URL(tokenField(bundle, 'base_url')), '/quick/user/orders'),
      headers: { Auth: tokenField(bundle, 'token'), Sid: tokenField(bundle, 'sid'), ...finKey },
    })
  const first = await ask()
  checkOrderBook(isDoubtful(first) ? await ask() : first)
}
