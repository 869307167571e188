import * as z from 'zod/mini'
import type { CallContext, LoginContext, OwnerContext, TokenBundle } from '../broker.ts'
import { assertTokenOf, bundleOf } from '../kit/bundles.ts'
import { envelopeReader } from '../kit/envelopes.ts'
import { jsonApi } from '../kit/json-api.ts'
import { codeWords, passwordWords } from '../kit/refusal-words.ts'
import { Text, tokenField } from '../kit/replies.ts'

type Step = 'login' | 'probe'

const HOUR_MS = 60 * 60_000
const page = 'www.indstocks.com/app/api-trading/access-tokens'
const ourFault = {
  message: 'INDstocks calls TokenTray’s request wrong.',
  next: 'Look for a newer version of TokenTray, and send its report if there is none.',
}

const api = jsonApi<Step>({
  envelope: envelopeReader({
    // An older page of the documents has the other name.
    code: ['error_type', 'error_code'],
    words: ['message'],
    refused: { status: ['error'], success: ['false'] },
  }),
  refusals: {
    carries: { login: ['password', 'code'] },
    rows: [
      {
        in: ['login'],
        kind: 'account-locked',
        words: /\block(ed|out)?\b/i,
        coolDownMs: HOUR_MS,
        message: 'INDstocks has locked this login: for 15 minutes, or for an hour after three locks.',
        next: 'Wait an hour, compare the code here with your authenticator app, then enter the MPIN here again.',
      },
      {
        in: ['login'],
        kind: 'app-config',
        words: /t?otp\b.*\b(disabled|off|not (enabled|set|configured|active))|(enable|set ?up) t?otp/i,
        message: 'TOTP is switched off for this account at INDstocks.',
        next: `Set it up at ${page}, then enter the new Client ID and TOTP secret here.`,
      },
      {
        in: ['login'],
        kind: 'bad-totp',
        words: codeWords,
        // INDstocks takes one login a minute, and it is not known which entry it looks at first.
        final: true,
      },
      { in: ['login'], kind: 'app-config', words: /client ?id|api.?key/i },
      {
        in: ['login'],
        kind: 'bad-credentials',
        words: passwordWords,
        message: 'INDstocks did not accept the MPIN.',
        next: 'Try it in the INDmoney app. If it works there, enter it here again. Until then TokenTray won’t log in.',
      },
      { kind: 'broker-down', codes: ['NetworkException', 'ServiceUnavailableException', 'GeneralException'] },
      { kind: 'protocol-changed', codes: ['InputException', 'DataException'], last: true, ...ourFault },
      { in: ['login'], kind: 'app-config', codes: ['TokenException'], last: true },
      { in: ['login'], kind: 'app-config', statuses: [401, 403] },
      {
        kind: 'subscription',
        codes: ['UserException'],
        last: true,
        message: 'INDstocks says that this account may not do this.',
        next: 'See in the INDmoney app whether the account and its segments are active, then log in again.',
      },
      { in: ['probe'], kind: 'token-expired', codes: ['TokenException'], last: true },
      { in: ['probe'], kind: 'token-expired', statuses: [401, 403] },
    ],
    texts: {
      'app-config': {
        message: 'INDstocks did not accept the Client ID.',
        next: `Compare it with the one at ${page}: it is neither the access token nor the UCC. Enter it here again.`,
      },
    },
  },
})

const end = { expires_in: z.catch(z.optional(z.number()), undefined) }
const Mint = z.union([
  z.object({ token: Text, ...end }),
  // Programs differ on the name and the place; the documents name only the first.
  z.object({ access_token: Text, ...end }),
])
const Minted = z.union([Mint, z.object({ data: Mint })])
const Profile = z.object({ data: z.object({ user_id: z.string() }) })

export async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('login')
  const clientId = context.setting('client_id')
  const { password: mpin, code: totp } = await context.spend({ password: 'mpin', code: true })
  const headers = { 'x-api-key': clientId }
  const request = { method: 'POST', path: '/generate/token', headers, json: { mpin, totp } } as const
  const reply = await api.call(context, 'login', request, Minted)
  const mint = 'data' in reply ? reply.data : reply
  return bundleOf({
    access_token: 'token' in mint ? mint.token : mint.access_token,
    client_id: clientId,
    expires_in: mint.expires_in?.toString(),
  })
}

/** Asks for the profile, which the documents name as the check of a token. */
export async function probe(context: OwnerContext & CallContext, token: TokenBundle): Promise<void> {
  // The token alone: with `Bearer` it is refused.
  const headers = { Authorization: tokenField(token, 'access_token') }
  const request = { method: 'GET', path: '/user/profile', headers } as const
  const { data } = await api.call(context, 'probe', request, Profile)
  // The Client ID is in no reply, so the first token's user is remembered.
  assertTokenOf(context.tokenUser(), data.user_id)
  context.learnTokenUser(data.user_id)
}
