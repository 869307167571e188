import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { nextIstHour } from '../../tokens/expiry.ts'
import { withPath } from '../address.ts'
import type { Broker, BrokerAddresses, CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { held } from '../held.ts'
import { Text } from '../replies.ts'
import { dialogUrl, openDialog } from './dialog.ts'
import { fields } from './fields.ts'
import { LoginPage } from './login-page.ts'
import { approveApp, sendCode, sendNumber, sendPin } from './page-steps.ts'
import { checkUser, SaidUser } from './profiles.ts'
import { answerIn, codeIn, isRegistered } from './redirect.ts'
import { readReply } from './replies.ts'

const Session = z.object({ access_token: Text, user_id: SaidUser })
const Profile = z.object({ status: z.literal('success'), data: z.object({ user_id: z.string() }) })
/** https://upstox.com/developer/api-documentation/get-app-static-ips */
const Registered = z.object({
  status: z.literal('success'),
  data: z.object({ primary_ip: z.nullish(z.string()), secondary_ip: z.nullish(z.string()) }),
})
const LoggedOut = z.object({ status: z.literal('success') })

/**
 * Upstox. The first address, the token, the profile and the logout are documented at
 * https://upstox.com/developer/api-documentation/login; the steps between are what Upstox's own login page does.
 */
export const upstox: Broker = {
  id: 'upstox',
  name: 'Upstox',
  initials: 'UP',
  colour: '#5a298b',
  fields,
  identity: 'username',
  endpoints: {
    api: 'https://api.upstox.com',
    login: 'https://login.upstox.com',
    service: 'https://service.upstox.com',
  },
  domains: ['upstox.com'],
  terms: {
    label: 'private login endpoints',
    sentence:
      'Upstox’s documents say that all logins are handled by its own pages and that there is no public way for ' +
      'another program to log a customer in. TokenTray makes the calls that the login page makes and approves your ' +
      'app in your place, at your own risk; it may stop working whenever Upstox changes that page.',
    source: 'https://upstox.com/developer/api-documentation/authentication',
  },
  steps: [
    { id: 'open', label: 'Opening Upstox’s login' },
    { id: 'number', label: 'Sending the mobile number' },
    { id: 'code', label: 'Checking the TOTP code' },
    { id: 'pin', label: 'Checking the PIN' },
    { id: 'approve', label: 'Approving your app' },
    { id: 'exchange', label: 'Exchanging the code for an access token' },
    { id: 'probe', label: 'Trying the access token' },
  ],
  tokenFields: ['access_token'],
  // All that https://github.com/upstox/upstox-python needs, by the name in traders' own scripts.
  exports: { access_token: 'UPSTOX_ACCESS_TOKEN' },
  // "until 3:30 AM the following day": https://upstox.com/developer/api-documentation/get-token
  expiresAt: (issuedAt) => nextIstHour(issuedAt, 3.5),
  login,
  assisted: { page: dialogUrl, isEnd, finish },
  probe,
  addresses,
  revoke,
}

async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('open')
  const names = await openDialog(context)
  const page = new LoginPage(context)
  await next(context, 'number')
  const otpToken = await sendNumber(context, page, names)
  await next(context, 'code')
  const { profile, userId } = await sendCode(context, page, otpToken, names)
  await next(context, 'pin')
  const early = await sendPin(context, page, names, profile)
  if (early === null) await next(context, 'approve')
  const code = early ?? (await approveApp(context, page, names))
  await next(context, 'exchange')
  return exchange(context, code, userId)
}

function isEnd(context: CallContext, address: URL): boolean {
  const hasAnswer = ['code', 'error'].some((name) => answerIn(context, address, name) !== null)
  return hasAnswer && isRegistered(context, address)
}

async function finish(context: LoginContext, end: URL): Promise<TokenBundle> {
  context.report('exchange')
  const code = codeIn(context, end)
  if (code !== null) return exchange(context, code, context.setting('user_id'))
  const words = answerIn(context, end, 'error_description') ?? answerIn(context, end, 'error')
  throw new LoginError('consent-required', {
    message: 'The login ended without approval for your app.',
    next: 'Log in again and approve the app on Upstox’s page.',
    ...(words !== null && { brokerWords: words }),
  })
}

async function next(context: LoginContext, step: string): Promise<void> {
  await context.pause(Number(context.setting('delay_ms')))
  context.report(step)
}

/** @param userId whose token it has to be; empty where nobody has said */
async function exchange(context: LoginContext, code: string, userId: string): Promise<TokenBundle> {
  const reply = await context.http.send({
    method: 'POST',
    url: withPath(context.endpoint('api'), '/v2/login/authorization/token'),
    headers: { accept: 'application/json' },
    withoutCookies: true,
    form: {
      code,
      client_id: context.setting('client_id'),
      client_secret: context.secret('client_secret').reveal(),
      redirect_uri: context.setting('redirect_uri'),
      grant_type: 'authorization_code',
    },
  })
  const session = readReply(reply, 'exchange', Session)
  checkUser(session.user_id, userId)
  return { access_token: new Secret(session.access_token) }
}

/**
 * Asks for the profile. Upstox may answer that only to the registered address, which is no fault of the token's
 * (https://upstox.com/developer/api-documentation/analytics-token); of no other call is it said that it would not.
 */
async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  await callWith(token, context, 'GET', '/v2/user/profile', Profile)
}

async function addresses(context: CallContext, token: TokenBundle): Promise<BrokerAddresses> {
  const { primary_ip, secondary_ip } = (await callWith(token, context, 'GET', '/v2/user/ip', Registered)).data
  return { seen: null, registered: [primary_ip ?? '', secondary_ip ?? ''].filter(isAddress) }
}

/** Loosely, for what is only shown. */
const isAddress = (text: string): boolean => /^[\da-f.:]{3,45}$/i.test(text)

async function revoke(context: CallContext, token: TokenBundle): Promise<void> {
  await callWith(token, context, 'DELETE', '/v2/logout', LoggedOut)
}

async function callWith<T>(
  token: TokenBundle,
  context: CallContext,
  method: 'GET' | 'DELETE',
  path: string,
  schema: z.ZodMiniType<T>,
): Promise<T> {
  const reply = await context.http.send({
    method,
    url: withPath(context.endpoint('api'), path),
    headers: { accept: 'application/json', Authorization: `Bearer ${held(token, 'access_token')}` },
    withoutCookies: true,
  })
  return readReply(reply, 'token', schema)
}
