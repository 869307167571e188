import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { nextIstHour } from '../../tokens/expiry.ts'
import { withPath } from '../address.ts'
import type { Broker, CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { held } from '../held.ts'
import { Text } from '../replies.ts'
import { dialogUrl, openDialog } from './dialog.ts'
import { fields } from './fields.ts'
import { LoginPage } from './login-page.ts'
import { approveApp, codeIn, sendCode, sendNumber, sendPin } from './page-steps.ts'
import { readReply } from './replies.ts'

const Session = z.object({ access_token: Text })
const Profile = z.object({ status: z.literal('success'), data: z.object({ user_id: z.string() }) })
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
  revoke,
}

async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('open')
  const names = await openDialog(context)
  const page = new LoginPage(context)
  await next(context, 'number')
  const otpToken = await sendNumber(context, page, names)
  await next(context, 'code')
  await sendCode(context, page, otpToken)
  await next(context, 'pin')
  await sendPin(context, page, names)
  await next(context, 'approve')
  const code = await approveApp(context, page, names)
  await next(context, 'exchange')
  return exchange(context, code)
}

/** Upstox adds its answer to the registered address: https://upstox.com/developer/api-documentation/authorize */
function isEnd(context: CallContext, { origin, pathname, searchParams }: URL): boolean {
  const registered = new URL(context.setting('redirect_uri'))
  const isThere = origin === registered.origin && pathname === registered.pathname
  return isThere && (searchParams.has('code') || searchParams.has('error'))
}

async function finish(context: LoginContext, end: URL): Promise<TokenBundle> {
  context.report('exchange')
  const code = codeIn(end)
  if (code !== null) return exchange(context, code)
  const words = end.searchParams.get('error_description') ?? end.searchParams.get('error')
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

async function exchange(context: LoginContext, code: string): Promise<TokenBundle> {
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
  return { access_token: new Secret(readReply(reply, 'exchange', Session).access_token) }
}

async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  await callWith(token, context, 'GET', '/v2/user/profile', Profile)
}

async function revoke(context: CallContext, token: TokenBundle): Promise<void> {
  await callWith(token, context, 'DELETE', '/v2/logout', LoggedOut)
}

async function callWith(
  token: TokenBundle,
  context: CallContext,
  method: 'GET' | 'DELETE',
  path: string,
  schema: z.ZodMiniType,
): Promise<void> {
  const reply = await context.http.send({
    method,
    url: withPath(context.endpoint('api'), path),
    headers: { accept: 'application/json', Authorization: `Bearer ${held(token, 'access_token')}` },
    withoutCookies: true,
  })
  readReply(reply, 'token', schema)
}
