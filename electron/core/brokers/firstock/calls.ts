import * as z from 'zod/mini'
import { asking } from '../../errors.ts'
import { sha256Hex } from '../../sha256.ts'
import type { CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { assertLoginOf, assertTokenOf, bundleOf } from '../kit/bundles.ts'
import { envelopeReader, textAt } from '../kit/envelopes.ts'
import { jsonApi } from '../kit/json-api.ts'
import { codeWords, passwordWords } from '../kit/refusal-words.ts'
import { Text, tokenField } from '../kit/replies.ts'

type Step = 'login' | 'probe' | 'logout'

const read = envelopeReader({ words: ['error.message', 'message'], good: { status: ['success'] } })

const api = jsonApi<Step>({
  // The name of a refusal and the field that it is about, as in `INVALID_PASSWORD password`. The number in `code` need
  // not be the HTTP status, and neither tells more than the name.
  envelope: (json) => ({
    ...read(json),
    code: `${textAt(json, 'name')} ${textAt(json, 'error.field')}`,
  }),
  // Firstock answers too many requests in plain text.
  refusesInText: true,
  refusals: {
    carries: { login: ['password', 'code'] },
    rows: [
      { kind: 'rate-limited', codes: /^(RATE_?LIMIT|TOO_?MANY)/ },
      { kind: 'rate-limited', words: /rate limit|too many requests/i, statuses: [200, 400, 401, 403] },
      { in: ['probe', 'logout'], kind: 'token-expired', codes: /^INVALID_?(JKEY|USERID)| jKey$/i },
      {
        in: ['probe', 'logout'],
        kind: 'token-expired',
        words: /session|jkey|unauthenticated|expired token|token .*(expired|invalid)/i,
      },
      { in: ['probe', 'logout'], kind: 'token-expired', codes: /^FORBIDDEN/, last: true },
      { in: ['probe', 'logout'], kind: 'token-expired', statuses: [401] },
      {
        in: ['login'],
        kind: 'ip-not-allowed',
        codes: /^FORBIDDEN/,
        last: true,
        message: 'Firstock forbids API logins of this account, or from this network address.',
        next: asking(
          'developers',
          'Look at connect.thefirstock.com whether API access is active, and register this computer’s public address ' +
            'there. Then log in again.',
        ),
      },
      { in: ['login'], kind: 'protocol-changed', codes: /^MISSING_?FIELD/, notJudged: true },
      { kind: 'protocol-changed', codes: /^BAD_?REQUEST/, words: /required|empty|missing/i, notJudged: true },
      { in: ['login'], kind: 'bad-credentials', codes: /^INVALID_?(PASSWORD|USERID)/ },
      // Nobody says whether Firstock looks at the password or at the code first, so no second code follows.
      { in: ['login'], kind: 'bad-totp', codes: /^INVALID_?T?OTP| TOTP$/i, final: true },
      { in: ['login'], kind: 'app-config', codes: / (vendorCode|apiKey)$/i, notJudged: true },
      { in: ['login'], kind: 'bad-credentials', codes: /^INVALID_?CREDENTIALS| (password|userId)$/i },
      { in: ['login'], kind: 'app-config', words: /\bapi ?key|vendor ?code/i, notJudged: true },
      { in: ['login'], kind: 'bad-totp', words: codeWords, final: true },
      { in: ['login'], kind: 'bad-credentials', words: passwordWords },
    ],
    texts: {
      'bad-credentials': {
        message: 'Firstock did not accept the user ID or the password.',
        next: 'Try both in the Firstock app. If they work there, enter the password here again. Until then TokenTray won’t log in.',
      },
      'bad-totp': {
        message: 'Firstock did not accept the TOTP code, and may not have looked at the password.',
        next:
          'Compare the code here with your authenticator app. If they differ, enter the TOTP secret again. Then enter ' +
          'the password here again.',
      },
      'app-config': {
        message: 'Firstock did not accept the vendor code or the API key.',
        next: 'Compare both with those at connect.thefirstock.com, under API Key, and enter them here again.',
      },
    },
  },
})

const Session = z.object({ data: z.object({ actid: z.optional(z.string()), susertoken: Text }) })
const Details = z.object({ data: z.object({ actid: z.string() }) })

export async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('login')
  const userId = context.setting('user_id')
  const vendorCode = context.setting('vendor_code')
  const apiKey = context.secret('api_key').reveal()
  const { password, code } = await context.spend({ password: 'password', code: true })
  const json = { userId, password: sha256Hex(password), TOTP: code, vendorCode, apiKey }
  const { data } = await api.call(context, 'login', { method: 'POST', path: '/login', json }, Session)
  assertLoginOf(userId, data.actid)
  return bundleOf({ jkey: data.susertoken, user_id: userId })
}

/** Returns the fields by which a call is signed; no header is. */
const signed = (token: TokenBundle) => ({
  userId: tokenField(token, 'user_id'),
  jKey: tokenField(token, 'jkey'),
})

export async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  const request = { method: 'POST', path: '/userDetails', json: signed(token) } as const
  const { data } = await api.call(context, 'probe', request, Details)
  assertTokenOf(context.setting('user_id'), data.actid)
}

/** Asks Firstock to end the key, which is dead at once. */
export async function revoke(context: CallContext, token: TokenBundle): Promise<void> {
  const request = { method: 'POST', path: '/logout', json: signed(token) } as const
  await api.call(context, 'logout', request, z.unknown())
}
