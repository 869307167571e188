import * as z from 'zod/mini'
import type { CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { assertTokenOf, bundleOf } from '../kit/bundles.ts'
import { envelopeReader } from '../kit/envelopes.ts'
import { jsonApi } from '../kit/json-api.ts'
import { codeWords, passwordWords } from '../kit/refusal-words.ts'
import { Text, tokenField } from '../kit/replies.ts'

type Step = 'login' | 'probe' | 'logout'

/** Codes of https://smartapi.angelone.in/docs/Exceptions and of programs that log in. */
const tokenCodes = ['AG8001', 'AG8002', 'AG8003', 'AB1010', 'AB8050', 'AB8051', 'AB9003', 'AB9005']

const api = jsonApi<Step>({
  // SmartAPI wants these headers and checks the values of the last three nowhere.
  headers: {
    Accept: 'application/json',
    'X-UserType': 'USER',
    'X-SourceID': 'WEB',
    'X-ClientLocalIP': '127.0.0.1',
    'X-ClientPublicIP': '127.0.0.1',
    'X-MACAddress': '00:00:00:00:00:00',
  },
  // Angel One spells the code in two ways and the flags as booleans or texts.
  envelope: envelopeReader({
    code: ['errorcode', 'errorCode'],
    words: ['message'],
    refused: { status: ['false'], success: ['false'] },
  }),
  refusals: {
    carries: { login: ['password', 'code'] },
    rows: [
      {
        kind: 'rate-limited',
        words: /access rate|rate limit|exceeding/i,
        statuses: [200, 403, 429],
      },
      {
        in: ['login'],
        kind: 'bad-credentials',
        words: /switch to login by mpin/i,
        message:
          'Angel One did not take this PIN: SmartAPI wants the four-digit PIN, with TOTP enabled for it.',
        next: 'Enable TOTP at smartapi.angelone.in/enable-totp, then enter the PIN of the Angel One app here.',
      },
      {
        in: ['login'],
        kind: 'bad-totp',
        codes: ['AB1050'],
        // The same refusal means several things, so that another code would be a guess.
        final: true,
        message: 'Angel One did not accept the TOTP code, or not the client code and PIN that came with it.',
        next:
          'Compare the code here with your authenticator app, and client code and PIN with the Angel One app. ' +
          'Then enter the wrong one again here.',
      },
      { in: ['login'], kind: 'bad-credentials', codes: ['AB1007'] },
      { in: ['login'], kind: 'bad-totp', words: codeWords, final: true },
      { in: ['login'], kind: 'bad-credentials', words: passwordWords },
      { kind: 'broker-down', codes: ['AB1004'] },
      { in: ['probe', 'logout'], kind: 'token-expired', codes: tokenCodes },
      { in: ['probe', 'logout'], kind: 'token-expired', statuses: [401] },
      { in: ['login'], kind: 'app-config', codes: tokenCodes, notJudged: true },
      { in: ['login'], kind: 'app-config', words: /\bapi ?key|privatekey/i, notJudged: true },
    ],
    texts: {
      'bad-credentials': {
        message: 'Angel One did not accept the client code or the PIN.',
        next: 'Try both in the Angel One app. If they work there, enter the PIN here again. Until then TokenTray won’t log in.',
      },
      'app-config': {
        message: 'Angel One did not accept the API key.',
        next: 'Compare it with your app at smartapi.angelone.in, under My Apps, and enter it here again.',
      },
    },
  },
})

const secure = '/rest/secure/angelbroking/user/v1'
const Session = z.object({
  data: z.object({ jwtToken: Text, refreshToken: Text, feedToken: Text }),
})
const Profile = z.object({ data: z.object({ clientcode: z.string() }) })

export async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('login')
  const apiKey = context.secret('api_key').reveal()
  const clientCode = context.setting('client_code')
  const { password, code } = await context.spend({ password: 'pin', code: true })
  const request = {
    method: 'POST',
    path: '/rest/auth/angelbroking/user/v1/loginByPassword',
    headers: { 'X-PrivateKey': apiKey },
    json: { clientcode: clientCode, password, totp: code },
  } as const
  const { data } = await api.call(context, 'login', request, Session)
  return bundleOf({
    // Angel One's Python client adds the word to what it returns.
    access_token: data.jwtToken.replace(/^Bearer /, ''),
    refresh_token: data.refreshToken,
    feed_token: data.feedToken,
    api_key: apiKey,
    client_code: clientCode,
  })
}

const signed = (token: TokenBundle): Record<string, string> => ({
  'X-PrivateKey': tokenField(token, 'api_key'),
  Authorization: `Bearer ${tokenField(token, 'access_token')}`,
})

export async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  const request = { method: 'GET', path: `${secure}/getProfile`, headers: signed(token) } as const
  const { data } = await api.call(context, 'probe', request, Profile)
  assertTokenOf(context.setting('client_code'), data.clientcode)
}

/** Asks Angel One to end the session. Users have seen its sockets live on. */
export async function revoke(context: CallContext, token: TokenBundle): Promise<void> {
  const json = { clientcode: tokenField(token, 'client_code') }
  const request = { method: 'POST', path: `${secure}/logout`, headers: signed(token), json } as const
  await api.call(context, 'logout', request, z.unknown())
}
