import type { HttpReply } from '../../ports.ts'
import { withPath } from '../kit/address.ts'
import type { CallContext, TokenBundle } from '../broker.ts'
import { tokenField } from '../kit/held.ts'
import { finKey } from './login.ts'
import { checkOrderBook, isDoubtful } from './replies.ts'

export { addresses } from './addresses.ts'
export { login } from './login.ts'

/**
 * Asks for the order book, which Kotak shows to any address: it can't tell whether orders would be taken. A session
 * that Kotak may only seem to refuse is asked about once more, because a new login would end it.
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
