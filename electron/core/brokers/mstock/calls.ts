import * as z from 'zod/mini'
import { asking } from '../../errors.ts'
import type { CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { bundleOf } from '../kit/bundles.ts'
import { envelopeReader } from '../kit/envelopes.ts'
import { jsonApi } from '../kit/json-api.ts'
import { codeWords, passwordWords } from '../kit/refusal-words.ts'
import { Text, tokenField } from '../kit/replies.ts'

type Step = 'login' | 'verify' | 'probe' | 'logout'

const portal = 'trade.mstock.com under Products, Trading APIs'

const api = jsonApi<Step>({
  headers: { Accept: 'application/json', 'X-Mirae-Version': '1' },
  // The flag is a text or a boolean, and its code has two names.
  envelope: envelopeReader({
    code: ['errorcode', 'error_type'],
    words: ['message'],
    refused: { status: ['false', 'error'] },
  }),
  refusals: {
    carries: { login: ['password'], verify: ['code'] },
    rows: [
      { kind: 'ip-not-allowed', words: /\bip address/i },
      // The words for an API key that is wrong, too. The key is refused before the code is looked at.
      { in: ['verify'], kind: 'subscription', words: /api is suspended|subscription/i, notJudged: true },
      { kind: 'subscription', words: /api is suspended|subscription/i },
      { kind: 'subscription', codes: ['IA403'] },
      { in: ['verify', 'probe', 'logout'], kind: 'app-config', codes: ['APIKeyException'], notJudged: true },
      { in: ['verify'], kind: 'bad-totp', codes: ['MA400'] },
      { in: ['verify'], kind: 'bad-totp', words: codeWords },
      { in: ['verify'], kind: 'app-config', codes: ['IA401'], notJudged: true },
      { in: ['login'], kind: 'bad-credentials', words: passwordWords },
      { in: ['probe', 'logout'], kind: 'token-expired', codes: ['IA401', 'TokenException'] },
      { in: ['probe', 'logout'], kind: 'token-expired', statuses: [401] },
    ],
    texts: {
      'bad-credentials': {
        message: 'mStock did not accept the client code or the password.',
        next: 'Try both at trade.mstock.com. If they work there, enter the password here again. Until then TokenTray won’t log in.',
      },
      'bad-totp': {
        message: 'mStock did not accept the TOTP code.',
        next:
          `Compare the code here with your authenticator app. If they differ, or TOTP is not enabled at ${portal}, ` +
          'enable it there and enter the new secret here.',
      },
      'app-config': {
        message: 'mStock did not accept the API key for this login.',
        next: `Compare it with the one at ${portal}. It has to be of type B and of this client code.`,
      },
      subscription: {
        message:
          'mStock refused the API key: it is not the right one, is suspended, or its subscription has ended.',
        next: `Compare it with the one at ${portal}, and renew it there if it has ended. Then enter it here again.`,
      },
      'ip-not-allowed': {
        message: 'mStock takes this API key from another network address.',
        next: asking(
          'developers',
          `Register this computer’s public address at ${portal}, or log in from the one that is registered.`,
        ),
      },
      'account-locked': {
        message: 'mStock has locked this account.',
        next: 'Unlock it at trade.mstock.com, which may want a new password, then enter the password here again.',
      },
    },
  },
})

const path = '/openapi/typeb'
/** A token that may be missing or empty. */
const Maybe = z.catch(z.optional(Text), undefined)
const Begun = z.object({ data: z.object({ jwtToken: Text, refreshToken: Maybe }) })
const Session = z.object({ data: z.object({ jwtToken: Text, refreshToken: Maybe, feedToken: Maybe }) })
const Funds = z.object({ data: z.array(z.unknown()) })

export async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('login')
  const apiKey = context.secret('api_key').reveal()
  const clientCode = context.setting('client_code')
  const password = await context.spendPassword('password')
  // A code in this request makes a token that no call takes.
  const entries = { clientcode: clientCode, password, totp: '', state: '' }
  const first = { method: 'POST', path: `${path}/connect/login`, json: entries } as const
  const { data: begun } = await api.call(context, 'login', first, Begun)
  context.report('verify')
  const totp = await context.spendCode()
  const second = {
    method: 'POST',
    path: `${path}/session/verifytotp`,
    headers: { 'X-PrivateKey': apiKey },
    // The documents say refreshToken, which their own sample leaves empty.
    json: { refreshToken: begun.refreshToken ?? begun.jwtToken, totp },
  } as const
  const { data } = await api.call(context, 'verify', second, Session)
  return bundleOf({
    jwt_token: data.jwtToken,
    api_key: apiKey,
    client_code: clientCode,
    feed_token: data.feedToken,
    refresh_token: data.refreshToken,
  })
}

const signed = (token: TokenBundle): Record<string, string> => ({
  'X-PrivateKey': tokenField(token, 'api_key'),
  Authorization: `Bearer ${tokenField(token, 'jwt_token')}`,
})

export async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  const request = { method: 'GET', path: `${path}/user/fundsummary`, headers: signed(token) } as const
  await api.call(context, 'probe', request, Funds)
}

/** Asks mStock to end the token and its session. */
export async function revoke(context: CallContext, token: TokenBundle): Promise<void> {
  const request = { method: 'GET', path: `${path}/logout`, headers: signed(token) } as const
  await api.call(context, 'logout', request, z.unknown())
}
