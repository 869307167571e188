import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { nextIstHour } from '../../tokens/expiry.ts'
import { withPath } from '../address.ts'
import type { Broker, CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { envNames } from '../env-names.ts'
import { held } from '../held.ts'
import { password, totpSecret, userId } from '../kite/fields.ts'
import { readData } from '../kite/replies.ts'
import { assertLoginOf, assertTokenOf } from '../kite/same-user.ts'
import { signIn, signInSteps } from '../kite/sign-in.ts'
import { isPage, pageError, redirectTarget, Text } from '../replies.ts'
import { endsSignIn, fetchRequestToken, requestTokenIn } from './request-token.ts'

const SessionData = z.object({ access_token: Text, user_id: z.optional(z.string()) })
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
      aliases: [...envNames('KITE ZERODHA', 'API_KEY APIKEY'), 'BROKER_API_KEY'],
    },
    {
      name: 'api_secret',
      kind: 'secret',
      label: 'API secret',
      help: 'At developers.kite.trade, on your app’s page, under “Show API secret”.',
      env: 'KITE_API_SECRET',
      aliases: [...envNames('KITE ZERODHA', 'API_SECRET APISECRET SECRET'), 'BROKER_API_SECRET'],
    },
    userId,
    password,
    totpSecret,
  ],
  identity: 'user_id',
  sharesLoginWith: ['kite-web'],
  codesAlone: true,
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
    ...signInSteps,
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
  // What the documents recommend for desktop apps: https://kite.trade/docs/connect/v3/apps/
  assisted: { page: connectUrl, isEnd, finish },
  probe,
  revoke,
}

async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('open')
  const session = await openSession(context)
  await signIn(context, 'app')
  context.report('request-token')
  const finish = webUrl(context, '/connect/finish', { api_key: context.setting('api_key'), sess_id: session })
  const requestToken = await fetchRequestToken(context.http, finish, {
    userId: context.setting('user_id'),
    consentPage: connectUrl(context),
  })
  context.report('exchange')
  return exchange(context, requestToken)
}

/** The registered address is not known here; no page of Kite's own is opened with these. */
function isEnd(context: CallContext, address: URL): boolean {
  return endsSignIn(address, context.endpoint('web'))
}

async function finish(context: LoginContext, end: URL): Promise<TokenBundle> {
  context.report('exchange')
  const requestToken = requestTokenIn(end, context.setting('user_id'))
  if (requestToken === null) throw new LoginError('protocol-changed')
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
  const { access_token, user_id } = readData(reply, 'exchange', SessionData)
  const token = { access_token: new Secret(access_token) }
  // Kite names the user here; where it does not, nothing is kept before it has said whose the token is.
  assertLoginOf(context.setting('user_id'), user_id ?? (await userOf(context, token)))
  return token
}

async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  assertTokenOf(context.setting('user_id'), await userOf(context, token))
}

/** Whose token it is. */
async function userOf(context: CallContext, token: TokenBundle): Promise<string> {
  const reply = await context.http.send({
    method: 'GET',
    url: apiUrl(context, '/user/profile'),
    headers: {
      ...versionHeader,
      Authorization: `token ${context.setting('api_key')}:${held(token, 'access_token')}`,
    },
  })
  return readData(reply, 'token', ProfileData).user_id
}

async function revoke(context: CallContext, token: TokenBundle): Promise<void> {
  const url = apiUrl(context, '/session/token', {
    api_key: context.setting('api_key'),
    access_token: held(token, 'access_token'),
  })
  readData(await context.http.send({ method: 'DELETE', url, headers: versionHeader }), 'token', z.unknown())
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
