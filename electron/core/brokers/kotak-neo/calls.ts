import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import type { BrokerAddresses, CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { assertLoginOf, bundleOf } from '../kit/bundles.ts'
import { jsonApi } from '../kit/json-api.ts'
import { Text, tokenField } from '../kit/replies.ts'
import { trustedRedirect } from '../kit/trusted-redirect.ts'
import { DOMAIN, Words } from '../kotak/refusal-code.ts'
import { readEnvelope } from './envelope.ts'
import { passwordExpired, refusals, type NeoCall } from './refusals.ts'

/** The header is the same for every program that uses this API. */
const api = jsonApi<NeoCall>({
  headers: { 'neo-fin-key': 'neotradeapi' },
  envelope: readEnvelope,
  refusals,
})

/**
 * The session that each login step opens; the second step also names the trading host. The schema drops all other
 * values, because `kId` is the client's PAN and `greetingName` the client's name.
 */
const Opened = z.object({
  data: z.object({
    token: Text,
    sid: Text,
    baseUrl: z.optional(z.string()),
    rid: Words,
    ucc: Words,
    dataCenter: Words,
    feedUrl: Words,
    rtUrl: Words,
    isUserPwdExpired: z.catch(z.optional(z.boolean()), undefined),
  }),
})
type Session = z.infer<typeof Opened>['data']

/** Logs in. The code opens a read-only session, the MPIN a session that may trade. */
export async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('code')
  const totp = await context.spendCode()
  const [mobileNumber, ucc] = [context.setting('mobile_number'), context.setting('ucc')]
  // Kotak refuses a key with "Bearer" before it.
  const Authorization = context.secret('consumer_key').reveal()
  const code = { path: '/login/1.0/tradeApiLogin', headers: { Authorization } }
  const json = { mobileNumber, ucc, totp }
  const { data: view } = await api.call(context, 'code', { method: 'POST', ...code, json }, Opened)
  if (view.isUserPwdExpired === true) throw new LoginError('bad-credentials', passwordExpired)

  context.report('mpin')
  const mpin = await context.spendPassword('mpin')
  const headers = { Authorization, sid: view.sid, Auth: view.token }
  const request = { method: 'POST', path: '/login/1.0/tradeApiValidate', headers, json: { mpin } } as const
  const { data: trade } = await api.call(context, 'mpin', request, Opened)
  for (const session of [view, trade]) assertLoginOf(ucc, plain(session.ucc))
  return bundleOf({
    token: trade.token,
    sid: trade.sid,
    base_url: baseUrl(context, trade),
    consumer_key: Authorization,
    // What programs with sockets need, where Kotak has sent it.
    data_center: plain(trade.dataCenter),
    rid: plain(trade.rid),
    ucc: plain(trade.ucc),
    feed_url: socketAddress(context, trade.feedUrl),
    rt_url: socketAddress(context, trade.rtUrl),
  })
}

/** Returns a name or id; undefined when it has characters with a meaning to a shell or a program. */
const plain = (value = ''): string | undefined => (/^[\w.:+/=-]{1,200}$/.test(value) ? value : undefined)

/** Returns the address of a socket, if the host is trusted with the session. */
function socketAddress(context: LoginContext, address = ''): string | undefined {
  const isTrusted =
    /^wss?:/.test(address) &&
    trustedRedirect(address.replace(/^ws/, 'http'), [context.endpoint('api')], DOMAIN) !== null
  return isTrusted ? address : undefined
}

/** Returns the trading host without a trailing slash, because scripts append paths to it. */
function baseUrl(context: LoginContext, { baseUrl: address = '' }: Session): string {
  const url = trustedRedirect(address, [context.endpoint('api')], DOMAIN)
  if (url !== null) return url.href.replace(/\/$/, '')
  throw new LoginError('protocol-changed', {
    message: 'Kotak did not say where to trade, or named a host that is not its own. The token was not kept.',
  })
}

/**
 * Asks for the order book. Kotak shows it to any address, so this probe can't tell whether Kotak would take orders.
 * A refusal that may be wrong is checked with a second request, because a new login would end the session.
 */
export async function probe(context: CallContext, bundle: TokenBundle): Promise<void> {
  const headers = { Auth: tokenField(bundle, 'token'), Sid: tokenField(bundle, 'sid') }
  const base = new URL(tokenField(bundle, 'base_url'))
  const request = { method: 'GET', path: '/quick/user/orders', base, headers } as const
  const ask = () => api.call(context, 'probe', request, z.object({ stat: z.string() }))
  await ask().catch((error: unknown) => {
    if (error instanceof LoginError && error.mayBeGood) return ask()
    throw error
  })
}

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
  const headers = {
    Authorization: tokenField(bundle, 'consumer_key'),
    Sid: tokenField(bundle, 'sid'),
    Auth: tokenField(bundle, 'token'),
    accept: 'application/json',
  }
  const request = { method: 'GET', path: '/login/1.0/get-client-ip', headers } as const
  const { data } = await api.call(context, 'address', request, ClientIp)
  return { seen: data[0].ip, registered: [] }
}
