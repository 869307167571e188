import { LoginError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { withPath } from '../kit/address.ts'
import type { LoginContext, TokenBundle } from '../broker.ts'
import { DOMAIN } from '../kotak/domain.ts'
import { trustedRedirect } from '../kit/trusted-redirect.ts'
import { passwordExpired } from './refusals.ts'
import { readSession, type Session } from './replies.ts'

/** The same for every program that uses this API. */
export const finKey = { 'neo-fin-key': 'neotradeapi' }

/** The code opens a session that may look, the MPIN one that may trade. */
export async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('code')
  const view = await sendCode(context)
  context.report('mpin')
  const trade = await sendMpin(context, view)
  return {
    token: new Secret(trade.token),
    sid: new Secret(trade.sid),
    base_url: new Secret(baseUrl(context, trade)),
    consumer_key: context.secret('consumer_key'),
    ...wrapped({
      data_center: plain(trade.dataCenter),
      rid: plain(trade.rid),
      ucc: plain(trade.ucc),
      feed_url: socketAddress(context, trade.feedUrl),
      rt_url: socketAddress(context, trade.rtUrl),
    }),
  }
}

/** What programs that open sockets want as well, where Kotak has said it. */
function wrapped(said: Readonly<Record<string, string | undefined>>): TokenBundle {
  return Object.fromEntries(
    Object.entries(said).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, new Secret(value)] as const],
    ),
  )
}

/** A name or id, unless it has something in it that could mean something else to a shell or a program. */
const plain = (said = ''): string | undefined => (/^[\w.:+/=-]{1,200}$/.test(said) ? said : undefined)

/** The address of a socket, on a host that the session may be shown to. */
function socketAddress(context: LoginContext, said = ''): string | undefined {
  const isKnown =
    /^wss?:/.test(said) &&
    trustedRedirect(said.replace(/^ws/, 'http'), [context.endpoint('api')], DOMAIN) !== null
  return isKnown ? said : undefined
}

async function sendCode(context: LoginContext): Promise<Session> {
  const totp = await context.spendCode()
  const reply = await context.http.send({
    method: 'POST',
    url: withPath(context.endpoint('api'), '/login/1.0/tradeApiLogin'),
    headers: app(context),
    json: { mobileNumber: context.setting('mobile_number'), ucc: context.setting('ucc'), totp },
  })
  const view = readSession(reply, 'code')
  context.accepted('code')
  if (view.isUserPwdExpired === true) throw new LoginError('bad-credentials', passwordExpired)
  return view
}

async function sendMpin(context: LoginContext, view: Session): Promise<Session> {
  const mpin = await context.spendPassword('mpin')
  const reply = await context.http.send({
    method: 'POST',
    url: withPath(context.endpoint('api'), '/login/1.0/tradeApiValidate'),
    headers: { ...app(context), sid: view.sid, Auth: view.token },
    json: { mpin },
  })
  const trade = readSession(reply, 'mpin')
  context.accepted('password')
  return trade
}

/** The key goes as it is: with "Bearer" before it, it is none. */
const app = (context: LoginContext): Record<string, string> => ({
  Authorization: context.secret('consumer_key').reveal(),
  ...finKey,
})

/** The host to trade at, without a slash at its end: scripts put paths behind it. */
function baseUrl(context: LoginContext, { baseUrl: told = '' }: Session): string {
  const url = trustedRedirect(told, [context.endpoint('api')], DOMAIN)
  if (url !== null) return url.href.replace(/\/$/, '')
  throw new LoginError('protocol-changed', {
    message: 'Kotak did not say where to trade, or named a host that is not its own. The token was not kept.',
  })
}
