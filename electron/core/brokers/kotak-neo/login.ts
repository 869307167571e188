import { LoginError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { withPath } from '../kit/replies.ts'
import type { LoginContext, TokenBundle } from '../broker.ts'
import { DOMAIN } from '../kotak/refusal-code.ts'
import { trustedRedirect } from '../kit/trusted-redirect.ts'
import { passwordExpired } from './refusals.ts'
import { readSession, type Session } from './replies.ts'

/** The same key for every program that uses this API. */
export const finKey = { 'neo-fin-key': 'neotradeapi' }

/** Logs in. The code opens a read-only session, the MPIN a session that may trade. */
export async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('code')
  const view = await sendCode(context)
  context.report('mpin')
  const trade = await sendMpin(context, view)
  for (const { ucc } of [view, trade]) assertLoginOf(context.setting('ucc'), plain(ucc))
  return {
    token: new Secret(trade.token),
    sid: new Secret(trade.sid),
    base_url: new Secret(baseUrl(context, trade)),
    consumer_key: context.secret('consumer_key'),
    ...presentFields({
      data_center: plain(trade.dataCenter),
      rid: plain(trade.rid),
      ucc: plain(trade.ucc),
      feed_url: socketAddress(context, trade.feedUrl),
      rt_url: socketAddress(context, trade.rtUrl),
    }),
  }
}

/**
 * Checks the client of a session before its token is kept. A reply without a client code passes.
 * @throws LoginError `bad-credentials`
 */
function assertLoginOf(wanted: string, seen = wanted): void {
  if (seen.toUpperCase() === wanted.toUpperCase()) return
  throw new LoginError('bad-credentials', {
    message: `The login was that of ${seen}, and this account is for ${wanted}. Its token was not kept.`,
    next: 'Check the client code (UCC) and whose TOTP secret it is in the account’s details.',
  })
}

/** Returns the fields that programs with sockets need, where Kotak has sent them. */
function presentFields(values: Readonly<Record<string, string | undefined>>): TokenBundle {
  return Object.fromEntries(
    Object.entries(values).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, new Secret(value)] as const],
    ),
  )
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

/** Sends the key without "Bearer", because Kotak refuses a key with this prefix. */
const app = (context: LoginContext): Record<string, string> => ({
  Authorization: context.secret('consumer_key').reveal(),
  ...finKey,
})

/** Returns the trading host without a trailing slash, because scripts append paths to it. */
function baseUrl(context: LoginContext, { baseUrl: address = '' }: Session): string {
  const url = trustedRedirect(address, [context.endpoint('api')], DOMAIN)
  if (url !== null) return url.href.replace(/\/$/, '')
  throw new LoginError('protocol-changed', {
    message: 'Kotak did not say where to trade, or named a host that is not its own. The token was not kept.',
  })
}
