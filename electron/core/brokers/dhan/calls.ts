import * as z from 'zod/mini'
import type { CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { assertLoginOf, assertTokenOf, bundleOf } from '../kit/bundles.ts'
import { envelopeReader, textAt } from '../kit/envelopes.ts'
import { jsonApi } from '../kit/json-api.ts'
import { codeWords, passwordWords } from '../kit/refusal-words.ts'
import { Text, tokenField } from '../kit/replies.ts'
import type { Envelope } from '../kit/refusals.ts'

type Step = 'login' | 'probe' | 'refresh'

/** Codes of https://dhanhq.co/docs/v2/annexure/ and of programs. */
const tokenCodes = ['DH-901', 'Invalid_Authentication', '401', '807', '808', '809']
const subscriptionCodes = ['DH-902', '806', '820', '821']
const rateCodes = ['DH-904', '805']
/** Codes that some replies have as a key: `{"status":"failed","data":{"806":"…"}}`. */
const keys = [...tokenCodes, ...subscriptionCodes, ...rateCodes, '810']

const plainEnvelope = envelopeReader({
  code: ['errorCode', 'errorType'],
  words: ['errorMessage', 'message'],
  refused: { status: ['error', 'failed'] },
  onlyRefused: ['errorCode', 'errorType'],
})

function readEnvelope(json: unknown): Envelope {
  const code = keys.find((key) => textAt(json, `data.${key}`) !== '')
  if (code === undefined) return plainEnvelope(json)
  return { code, words: textAt(json, `data.${code}`), isRefusal: true }
}

const api = jsonApi<Step>({
  headers: { Accept: 'application/json' },
  envelope: readEnvelope,
  refusals: {
    carries: { login: ['password', 'code'] },
    rows: [
      {
        in: ['login'],
        kind: 'rate-limited',
        words: /once (every|in)|\bevery \d+ minutes?/i,
        coolDownMs: 130_000,
        message: 'Dhan makes one token in two minutes, and another program or page has just asked for one.',
        next: 'Wait two minutes, then log in again. Each try before that starts the time anew.',
      },
      { kind: 'rate-limited', codes: rateCodes },
      { kind: 'subscription', codes: subscriptionCodes },
      { kind: 'app-config', codes: ['810'], notJudged: true },
      // The code left with the PIN, and nobody says which of both Dhan looks at first.
      { in: ['login'], kind: 'bad-totp', words: codeWords, final: true },
      { in: ['login'], kind: 'bad-credentials', words: /\b(password|m?pin)\b/i },
      { in: ['login'], kind: 'app-config', words: /client ?id/i, notJudged: true },
      { in: ['login'], kind: 'bad-credentials', words: passwordWords },
      { in: ['probe', 'refresh'], kind: 'token-expired', codes: tokenCodes },
      { in: ['probe', 'refresh'], kind: 'token-expired', statuses: [401] },
    ],
    texts: {
      'bad-totp': {
        message: 'Dhan did not accept the TOTP code.',
        next:
          'Compare the code here with your authenticator app; if they differ, set up TOTP again in Dhan Web and enter ' +
          'the new secret here. Enter the PIN too, and log in after two minutes.',
      },
      'bad-credentials': {
        message: 'Dhan did not accept the PIN.',
        next: 'Try it on web.dhan.co. If it works there, enter it here again. Until then TokenTray won’t log in.',
      },
      'app-config': {
        message: 'Dhan does not know this client ID.',
        next: 'Compare it with Dhan Web, under My Profile (ten digits), and enter it here again.',
      },
      subscription: {
        message: 'Dhan gives this account no access to its API.',
        next: 'Look at web.dhan.co under My Profile, DhanHQ Trading APIs, and subscribe to what is missing.',
      },
    },
  },
})

const expiryTime = z.catch(z.optional(Text), undefined)
const Minted = z.object({ accessToken: Text, dhanClientId: z.optional(z.string()), expiryTime })
/** Programs have read the renewed token under either name. */
const Renewed = z.union([Minted, z.object({ token: Text, expiryTime })])
const Profile = z.object({ dhanClientId: z.string() })

export async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('login')
  const clientId = context.setting('client_id')
  const { password, code } = await context.spend({ password: 'pin', code: true })
  // Dhan reads all three in the address alone.
  const query = { dhanClientId: clientId, pin: password, totp: code }
  const request = { method: 'POST', endpoint: 'auth', path: '/app/generateAccessToken', query } as const
  const minted = await api.call(context, 'login', request, Minted)
  assertLoginOf(clientId, minted.dhanClientId)
  return bundleOf({ access_token: minted.accessToken, client_id: clientId, expiry_time: minted.expiryTime })
}

const signed = (token: TokenBundle): Record<string, string> => ({
  'access-token': tokenField(token, 'access_token'),
  dhanClientId: tokenField(token, 'client_id'),
})

export async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  const request = { method: 'GET', path: '/v2/profile', headers: signed(token) } as const
  const { dhanClientId } = await api.call(context, 'probe', request, Profile)
  assertTokenOf(context.setting('client_id'), dhanClientId)
}

/** Exchanges a token for one of another day. Dhan ends the old one at once, and takes no POST here. */
export async function refresh(context: CallContext, token: TokenBundle): Promise<TokenBundle> {
  const request = { method: 'GET', path: '/v2/RenewToken', headers: signed(token) } as const
  const renewed = await api.call(context, 'refresh', request, Renewed)
  const accessToken = 'token' in renewed ? renewed.token : renewed.accessToken
  const clientId = tokenField(token, 'client_id')
  return bundleOf({ access_token: accessToken, client_id: clientId, expiry_time: renewed.expiryTime })
}
