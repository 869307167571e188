import * as z from 'zod/mini'
import { sha256Hex } from '../../sha256.ts'
import { LoginError } from '../../errors.ts'
import type { HttpReply } from '../../ports.ts'
import { Secret } from '../../secret.ts'
import type { CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { readData } from '../kite/replies.ts'
import { assertLoginOf, assertTokenOf } from '../kit/bundles.ts'
import { signIn } from '../kite/sign-in.ts'
import { isPage, pageError, redirectTarget, Text, tokenField, withPath } from '../kit/replies.ts'
import { fetchRequestToken, refusedFinish, requestTokenIn } from './request-token.ts'
import { connectUrl } from './sign-in-page.ts'

const SessionData = z.object({ access_token: Text, user_id: z.optional(z.string()) })
const ProfileData = z.object({ user_id: z.string() })

/** The version header that the documented API requires in every request (https://kite.trade/docs/connect/v3/). */
const versionHeader = { 'X-Kite-Version': '3' }

export async function login(context: LoginContext): Promise<TokenBundle> {
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

export async function finish(context: LoginContext, end: URL): Promise<TokenBundle> {
  context.report('exchange')
  const requestToken = requestTokenIn(end, context.setting('user_id'))
  if (requestToken === null) throw new LoginError('protocol-changed')
  return exchange(context, requestToken)
}

/** Throws what Kite's reply means where the sign-in should have led on. */
export function refuse(context: CallContext, reply: HttpReply): never {
  throw refusedFinish(reply, context.setting('user_id'))
}

/** Opens the app's login page and returns the session in its redirect, to which all later steps belong. */
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
      checksum: sha256Hex(`${apiKey}${requestToken}${apiSecret}`),
    },
  })
  const { access_token, user_id } = readData(reply, 'exchange', SessionData)
  const token = { access_token: new Secret(access_token) }
  // Kite usually names the user here. Otherwise the profile tells, so that no token of another user is kept.
  assertLoginOf(context.setting('user_id'), user_id ?? (await userOf(context, token)))
  return token
}

export async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  assertTokenOf(context.setting('user_id'), await userOf(context, token))
}

/** Returns the user ID that owns a token. */
async function userOf(context: CallContext, token: TokenBundle): Promise<string> {
  const reply = await context.http.send({
    method: 'GET',
    url: apiUrl(context, '/user/profile'),
    headers: {
      ...versionHeader,
      Authorization: `token ${context.setting('api_key')}:${tokenField(token, 'access_token')}`,
    },
  })
  return readData(reply, 'token', ProfileData).user_id
}

export async function revoke(context: CallContext, token: TokenBundle): Promise<void> {
  const url = apiUrl(context, '/session/token', {
    api_key: context.setting('api_key'),
    access_token: tokenField(token, 'access_token'),
  })
  readData(await context.http.send({ method: 'DELETE', url, headers: versionHeader }), 'token', z.unknown())
}

function webUrl(context: CallContext, path: string, query: Record<string, string> = {}): URL {
  return withPath(context.endpoint('web'), path, query)
}

function apiUrl(context: CallContext, path: string, query: Record<string, string> = {}): URL {
  return withPath(context.endpoint('api'), path, query)
}
