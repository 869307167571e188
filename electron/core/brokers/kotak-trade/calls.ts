import * as z from 'zod/mini'
import { Secret } from '../../secret.ts'
import type { CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { Text, tokenField, withPath } from '../kit/replies.ts'
import { openSession, type Headers } from './hosts.ts'
import { readSuccess } from './replies.ts'

const LoginData = z.object({ oneTimeToken: Text })
const SessionData = z.object({ sessionToken: Text })

export async function login(context: LoginContext): Promise<TokenBundle> {
  const consumerKey = context.secret('consumer_key')
  const accessToken = context.secret('access_token')
  const app = appHeaders(context, consumerKey.reveal(), accessToken.reveal())
  context.report('open')
  const host = await openSession(context, app)
  context.report('password')
  const oneTimeToken = await sendPassword(context, host, app)
  context.report('session')
  const sessionToken = await finish(context, host, { ...app, oneTimeToken })
  return {
    session_token: new Secret(sessionToken),
    access_token: accessToken,
    consumer_key: consumerKey,
    host: new Secret(host.href.replace(/\/$/, '')),
  }
}

async function sendPassword(context: LoginContext, host: URL, app: Headers): Promise<string> {
  const password = await context.spendPassword('password')
  const reply = await context.http.send({
    method: 'POST',
    url: withPath(host, '/session/1.0/session/login/userid'),
    headers: app,
    json: { userid: context.setting('userid'), password },
  })
  const { oneTimeToken } = readSuccess(reply, 'password', LoginData)
  context.accepted('password')
  return oneTimeToken
}

/** Sends the second factor: the access code if the account asks for it, else only the one-time token. */
async function finish(context: LoginContext, host: URL, headers: Headers): Promise<string> {
  const userid = context.setting('userid')
  const send = (path: string, json: unknown) =>
    context.http.send({ method: 'POST', url: withPath(host, path), headers, json })

  if (context.setting('asks_access_code') === 'no') {
    const reply = await send('/session/1.0/session/2FA/oneTimeToken', { userid })
    return readSuccess(reply, 'no-access-code', SessionData).sessionToken
  }
  const accessCode = await context.askCode({
    label: 'Kotak access code',
    help: 'Kotak sends it by SMS and e-mail, a new one every day.',
    digits: 4,
  })
  const reply = await send('/session/1.0/session/2FA/accesscode', { userid, accessCode })
  const { sessionToken } = readSuccess(reply, 'access-code', SessionData)
  context.accepted('code')
  return sessionToken
}

/** Asks for the margins (https://github.com/paramatrixtech/ksapi/blob/main/python/docs/MarginApi.md). */
export async function probe(context: CallContext, bundle: TokenBundle): Promise<void> {
  readSuccess(await sendWithToken(context, bundle, 'GET', '/margin/1.0/margin'), 'token', z.unknown())
}

export async function revoke(context: CallContext, bundle: TokenBundle): Promise<void> {
  const reply = await sendWithToken(context, bundle, 'DELETE', '/session/1.0/session/logout')
  readSuccess(reply, 'token', z.unknown())
}

function sendWithToken(context: CallContext, bundle: TokenBundle, method: 'GET' | 'DELETE', path: string) {
  const app = appHeaders(context, tokenField(bundle, 'consumer_key'), tokenField(bundle, 'access_token'))
  return context.http.send({
    method,
    url: withPath(new URL(tokenField(bundle, 'host')), path),
    headers: { ...app, sessionToken: tokenField(bundle, 'session_token'), userid: context.setting('userid') },
  })
}

/** This API takes everything except the entries in headers. */
function appHeaders(context: CallContext, consumerKey: string, accessToken: string): Headers {
  return {
    Authorization: `Bearer ${accessToken}`,
    Accept: 'application/json',
    consumerKey,
    ip: context.setting('ip'),
    appId: context.setting('app_id'),
  }
}
