import * as z from 'zod/mini'
import { withPath } from '../kit/address.ts'
import type { BrokerAddresses, CallContext, TokenBundle } from '../broker.ts'
import { tokenField } from '../kit/held.ts'
import { readJson, statusError } from '../kit/replies.ts'

const ClientIp = z.object({
  stCode: z.literal(1000),
  data: z.tuple([z.object({ ip: z.union([z.ipv4(), z.ipv6()]) })], z.unknown()),
})

/**
 * Asks which public address Kotak sees, the one that it ties the session to
 * (https://github.com/Kotak-Neo/kotak-neo-python, services/client_ip.py). How it refuses is not documented: any other
 * reply says nothing.
 */
export async function addresses(context: CallContext, bundle: TokenBundle): Promise<BrokerAddresses> {
  const reply = await context.http.send({
    method: 'GET',
    url: withPath(context.endpoint('api'), '/login/1.0/get-client-ip'),
    headers: {
      Authorization: tokenField(bundle, 'consumer_key'),
      Sid: tokenField(bundle, 'sid'),
      Auth: tokenField(bundle, 'token'),
      accept: 'application/json',
    },
  })
  if (reply.status >= 400) throw statusError(reply.status)
  const said = ClientIp.safeParse(readJson(reply))
  return { seen: said.success ? said.data.data[0].ip : null, registered: [] }
}
