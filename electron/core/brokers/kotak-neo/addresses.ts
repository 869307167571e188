import * as z from 'zod/mini'
import type { BrokerAddresses, CallContext, TokenBundle } from '../broker.ts'
import { readJson, statusError, tokenField, withPath } from '../kit/replies.ts'

const ClientIp = z.object({
  stCode: z.literal(1000),
  data: z.tuple([z.object({ ip: z.union([z.ipv4(), z.ipv6()]) })], z.unknown()),
})

/**
 * Asks which public address Kotak sees, because Kotak binds the session to it
 * (https://github.com/Kotak-Neo/kotak-neo-python, services/client_ip.py). Kotak does not document how this call
 * refuses, so any other reply counts as unknown.
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
  const parsed = ClientIp.safeParse(readJson(reply))
  return { seen: parsed.success ? parsed.data.data[0].ip : null, registered: [] }
}
