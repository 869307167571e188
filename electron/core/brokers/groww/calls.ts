import * as z from 'zod/mini'
import { asking, LoginError } from '../../errors.ts'
import type { CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { bundleOf } from '../kit/bundles.ts'
import { envelopeReader } from '../kit/envelopes.ts'
import { jsonApi } from '../kit/json-api.ts'
import { codeWords } from '../kit/refusal-words.ts'
import { Text, tokenField } from '../kit/replies.ts'

const approval = {
  message: 'Groww wants this API key to be approved, and gives no working token before.',
  next:
    'Approve the key at groww.in/trade-api/api-keys, then log in again. A key that was made by “Generate TOTP token” ' +
    'needs no approval.',
}

/** Codes of https://groww.in/trade-api/docs; what refusals of a login say is not documented. */
const api = jsonApi<'login' | 'probe'>({
  headers: { Accept: 'application/json', 'X-API-VERSION': '1.0' },
  envelope: envelopeReader({
    code: ['error.code'],
    words: ['error.displayMessage', 'error.message', 'message'],
    refused: { status: ['failure'] },
    onlyRefused: ['error.code', 'error.displayMessage', 'error.message'],
  }),
  refusals: {
    carries: { login: ['code'] },
    rows: [
      { kind: 'broker-down', codes: ['GA000', 'GA003'] },
      { in: ['login'], kind: 'app-config', words: /key.?type/i, notJudged: true },
      { in: ['login'], kind: 'consent-required', words: /\bapprov/i, ...approval },
      { in: ['login'], kind: 'bad-totp', words: codeWords },
      { in: ['login'], kind: 'app-config', statuses: [401], notJudged: true },
      { in: ['probe'], kind: 'token-expired', statuses: [401] },
      { kind: 'subscription', codes: ['GA005'], last: true },
      { kind: 'subscription', statuses: [403] },
      {
        in: ['login'],
        kind: 'protocol-changed',
        statuses: [400],
        message: 'Groww refused the TOTP code or the request, and did not say which.',
        next:
          'Compare the code here with your authenticator app; if they differ, enter the TOTP secret again. If they ' +
          'are the same, look for a newer version of TokenTray.',
      },
    ],
    texts: {
      'app-config': {
        message: 'Groww did not accept the API key.',
        next: 'Generate a TOTP token at groww.in/trade-api/api-keys, and enter it here with its TOTP secret.',
      },
      'account-locked': {
        message: 'Groww has blocked this API key or the account.',
        next: asking(
          'developers',
          'Look at groww.in/trade-api/api-keys, then enter the key and its TOTP secret here again.',
        ),
      },
      subscription: {
        message:
          'Groww does not let this API key in: it may be revoked, not approved or without a subscription.',
        next: 'Look at the key and the subscription at groww.in/trade-api/api-keys.',
      },
    },
  },
})

const optionalText = z.catch(z.optional(Text), undefined)
const Session = z.object({
  token: Text,
  tokenRefId: optionalText,
  expiry: optionalText,
  isActive: z.catch(z.optional(z.boolean()), undefined),
})
const Detail = z.object({ status: z.literal('SUCCESS'), payload: z.record(z.string(), z.unknown()) })

export async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('login')
  const headers = { Authorization: `Bearer ${context.secret('api_key').reveal()}` }
  const json = { key_type: 'totp', totp: await context.spendCode() }
  const request = { method: 'POST', path: '/v1/token/api/access', headers, json } as const
  const { token, tokenRefId, expiry, isActive } = await api.call(context, 'login', request, Session)
  if (isActive === false) throw new LoginError('consent-required', approval)
  return bundleOf({ access_token: token, expiry, token_ref_id: tokenRefId })
}

export async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  const headers = { Authorization: `Bearer ${tokenField(token, 'access_token')}` }
  await api.call(context, 'probe', { method: 'GET', path: '/v1/user/detail', headers }, Detail)
}
