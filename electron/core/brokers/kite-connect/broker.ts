import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { nextIstHour } from '../../tokens/expiry.ts'
import { normaliseTotpSecret } from '../../totp/code.ts'
import type { Broker, CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { withPath } from '../address.ts'
import { isPage, pageError, redirectTarget } from '../replies.ts'
import { readData } from './replies.ts'
import { fetchRequestToken } from './request-token.ts'

const LoginData = z.object({
  request_id: z.string().check(z.minLength(1)),
  twofa_type: z.string(),
  twofa_types: z.optional(z.array(z.string())),
})
const SessionData = z.object({ access_token: z.string().check(z.minLength(1)) })
const ProfileData = z.object({ user_id: z.string() })

/** The documented API wants its version in every request (https://kite.trade/docs/connect/v3/). */
const versionHeader = { 'X-Kite-Version': '3' }

/**
 * Zerodha Kite Connect. The token exchange, its checksum, the profile and the revocation are documented at
 * https://kite.trade/docs/connect/v3/user/; the steps before it are what Kite's own login page does.
 */
export const kiteConnect: Broker = {
  id: 'kite-connect',
  name: 'Zerodha Kite Connect',
  initials: 'ZE',
  colour: '#e25f35',
  fields: [
    {
      name: 'api_key',
      kind: 'setting',
      label: 'API key',
      help: 'At developers.kite.trade, on your app’s page.',
      env: 'KITE_API_KEY',
    },
    {
      name: 'api_secret',
      kind: 'secret',
      label: 'API secret',
      help: 'At developers.kite.trade, on your app’s page, under “Show API secret”.',
      env: 'KITE_API_SECRET',
    },
    {
      name: 'user_id',
      kind: 'setting',
      label: 'User ID',
      help: 'What you log in to Kite with, such as AB1234.',
      env: 'KITE_USER_ID',
      normalise: normaliseUserId,
    },
    {
      name: 'password',
      kind: 'guarded',
      label: 'Password',
      help: 'Your Kite password.',
      env: 'KITE_PASSWORD',
    },
    {
      name: 'totp_secret',
      kind: 'totp',
      label: 'External TOTP secret',
      help: 'Shown once, as text beside the QR code, when you enable external TOTP in your Kite profile.',
      env: 'KITE_TOTP_SECRET',
      normalise: normaliseTotpSecret,
    },
  ],
  identity: 'user_id',
  endpoints: { web: 'https://kite.zerodha.com', api: 'https://api.kite.trade' },
  terms: {
    label: 'staff say not allowed',
    sentence:
      'Zerodha’s staff have written that a trader has to log in by hand once a day and that automating the login ' +
      'is not allowed. TokenTray will log in for you all the same, at your own risk.',
    source: 'Kite Connect developer forum, kite.trade/forum (staff comments 4094 and 31247)',
  },
  steps: [
    { id: 'open', label: 'Opening Kite Connect' },
    { id: 'password', label: 'Checking the password' },
    { id: 'code', label: 'Checking the TOTP code' },
    { id: 'request-token', label: 'Getting the request token' },
    { id: 'exchange', label: 'Exchanging it for an access token' },
    { id: 'probe', label: 'Trying the access token' },
  ],
  tokenFields: ['access_token'],
  // The names in the examples of https://github.com/zerodha/pykiteconnect and in traders' own .env files.
  exports: { api_key: 'KITE_API_KEY', access_token: 'KITE_ACCESS_TOKEN' },
  // "expires at 6 AM on the next day": https://kite.trade/docs/connect/v3/user/#response-attributes
  expiresAt: (issuedAt) => nextIstHour(issuedAt, 6),
  login,
  probe,
  revoke,
}

async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('open')
  const session = await openSession(context)
  context.report('password')
  const challenge = await sendPassword(context)
  context.report('code')
  await sendCode(context, challenge)
  context.report('request-token')
  const finish = webUrl(context, '/connect/finish', { api_key: context.setting('api_key'), sess_id: session })
  const requestToken = await fetchRequestToken(context.http, finish, connectUrl(context))
  context.report('exchange')
  return exchange(context, requestToken)
}

/** Opens the app's login page; the redirect that answers names the session all later steps belong to. */
async function openSession(context: LoginContext): Promise<string> {
  const url = connectUrl(context)
  const reply = await context.http.send({ method: 'GET', url })
  const session = redirectTarget(reply, url)?.searchParams.get('sess_id')
  if (session !== null && session !== undefined && session !== '') return session
  if (isPage(reply)) throw pageError(reply)
  readData(reply, 'open', z.unknown())
  throw new LoginError('protocol-changed')
}

interface Challenge {
  readonly requestId: string
  readonly type: string
}

async function sendPassword(context: LoginContext): Promise<Challenge> {
  const password = await context.spendPassword('password')
  const reply = await context.http.send({
    method: 'POST',
    url: webUrl(context, '/api/login'),
    form: { user_id: context.setting('user_id'), password, type: 'user_id' },
  })
  const data = readData(reply, 'password', LoginData)
  await context.passwordAccepted()
  return { requestId: data.request_id, type: secondFactor(data) }
}

/** The second factor to name when sending a TOTP code: the account's own word for it, never a guess. */
function secondFactor({ twofa_type: type, twofa_types: offered = [] }: z.infer<typeof LoginData>): string {
  if (type !== 'app_code' && type !== 'sms') return type
  if (offered.includes('totp')) return 'totp'
  throw new LoginError('second-factor-mismatch', {
    message: `Kite asks this account for ${type === 'sms' ? 'an SMS code' : 'the Kite app’s code'}, not for external TOTP.`,
    next: 'Enable external TOTP in your Kite profile (Password & security), then enter its new secret here.',
  })
}

async function sendCode(context: LoginContext, challenge: Challenge): Promise<void> {
  const code = await context.spendCode()
  const reply = await context.http.send({
    method: 'POST',
    url: webUrl(context, '/api/twofa'),
    form: {
      user_id: context.setting('user_id'),
      request_id: challenge.requestId,
      twofa_value: code,
      twofa_type: challenge.type,
      skip_session: 'true',
    },
  })
  readData(reply, 'code', z.unknown())
  await context.codeAccepted()
}

async function exchange(context: LoginContext, requestToken: string): Promise<TokenBundle> {
  const apiKey = context.setting('api_key')
  const apiSecret = context.secret('api_secret').reveal()
  const reply = await context.http.send({
    method: 'POST',
    url: apiUrl(context, '/session/token'),
    headers: versionHeader,
    form: {
      api_key: apiKey,
      request_token: requestToken,
      checksum: createHash('sha256').update(`${apiKey}${requestToken}${apiSecret}`).digest('hex'),
    },
  })
  return { access_token: new Secret(readData(reply, 'exchange', SessionData).access_token) }
}

async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  const reply = await context.http.send({
    method: 'GET',
    url: apiUrl(context, '/user/profile'),
    headers: { ...versionHeader, Authorization: `token ${context.setting('api_key')}:${accessToken(token)}` },
  })
  readData(reply, 'token', ProfileData)
}

async function revoke(context: CallContext, token: TokenBundle): Promise<void> {
  const url = apiUrl(context, '/session/token', {
    api_key: context.setting('api_key'),
    access_token: accessToken(token),
  })
  readData(await context.http.send({ method: 'DELETE', url, headers: versionHeader }), 'token', z.unknown())
}

function accessToken(token: TokenBundle): string {
  const value = token['access_token']
  if (value === undefined) throw new LoginError('token-expired')
  return value.reveal()
}

function connectUrl(context: CallContext): URL {
  return webUrl(context, '/connect/login', { v: '3', api_key: context.setting('api_key') })
}

function webUrl(context: CallContext, path: string, query: Record<string, string> = {}): URL {
  return withPath(context.endpoint('web'), path, query)
}

function apiUrl(context: CallContext, path: string, query: Record<string, string> = {}): URL {
  return withPath(context.endpoint('api'), path, query)
}

function normaliseUserId(typed: string): string {
  const id = typed.trim().toUpperCase()
  if (!/^[A-Z0-9]{6,12}$/.test(id)) throw new TypeError('has 6 to 12 letters and digits, such as AB1234')
  return id
}
