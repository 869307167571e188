import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import type { CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { assertLoginOf, assertTokenOf, bundleOf } from '../kit/bundles.ts'
import { envelopeReader } from '../kit/envelopes.ts'
import { jsonApi } from '../kit/json-api.ts'
import { codeWords, passwordWords } from '../kit/refusal-words.ts'
import { Text, tokenField } from '../kit/replies.ts'

type Step = 'login' | 'token' | 'probe'

const readEnvelope = envelopeReader({
  code: ['body.Status'],
  // Only the head speaks where the body is null, and its letter case differs between calls.
  words: ['body.Message', 'head.StatusDescription', 'head.statusDescription'],
  good: { 'body.Status': ['0'] },
})

const api = jsonApi<Step>({
  // Nearly every refusal comes under HTTP 200.
  envelope: (json) => {
    const envelope = readEnvelope(json)
    // The answer of an account without money, whose token is good.
    return { ...envelope, isRefusal: envelope.isRefusal && !/^no records? found/i.test(envelope.words) }
  },
  refusals: {
    carries: { login: ['password', 'code'] },
    rows: [
      { kind: 'app-config', words: /head param/i, notJudged: true },
      // One sentence for a request token that is too old, and for keys that are wrong or have expired.
      { in: ['token'], kind: 'token-expired', words: /expired|unable to process/i },
      {
        in: ['login'],
        kind: 'bad-totp',
        words: codeWords,
        // It is not known which entry 5paisa looks at first, so another code would be a guess.
        final: true,
        next:
          'Compare the code here with your authenticator app. If they differ, enter the TOTP secret again; if not, ' +
          'try client code and PIN in the 5paisa app.',
      },
      { in: ['login'], kind: 'bad-credentials', words: /invalid login|e-?mail|mobile/i },
      { in: ['login'], kind: 'bad-credentials', words: passwordWords },
      { in: ['login'], kind: 'bad-credentials', codes: ['2'] },
      { in: ['probe'], kind: 'token-expired', codes: ['2', '9'] },
      { in: ['probe'], kind: 'token-expired', words: /session|authenticat|token/i },
      { in: ['probe'], kind: 'token-expired', statuses: [401, 403] },
      { kind: 'broker-down', codes: ['-1'] },
    ],
    texts: {
      'bad-credentials': {
        message: '5paisa did not accept the client code or the PIN.',
        next: 'Try both in the 5paisa app. If they work there, enter the PIN here again. Until then TokenTray won’t log in.',
      },
      'app-config': {
        message: '5paisa did not accept the User Key.',
        next: 'Compare it with that under API keys at xstream.5paisa.com, and enter it here again.',
      },
    },
  },
})

const Login = z.object({ body: z.object({ RequestToken: Text, ClientCode: z.optional(z.string()) }) })
const Session = z.object({ body: z.object({ AccessToken: Text, ClientCode: z.optional(z.string()) }) })
const Margin = z.object({
  body: z.object({ EquityMargin: z.array(z.unknown()), ClientCode: z.nullish(z.string()) }),
})

export async function login(context: LoginContext): Promise<TokenBundle> {
  // A request token may live 30 seconds only, which a slow network can use up.
  const first = await newToken(context).catch(refusedRequestToken)
  const last = first instanceof LoginError ? await newToken(context).catch(refusedRequestToken) : first
  if (!(last instanceof LoginError)) return last
  throw new LoginError('app-config', {
    message:
      '5paisa took client code, PIN and TOTP code, but twice made no token of them. ' +
      'The Encryption Key or the User ID may be wrong, or the keys have expired.',
    next: 'Compare both with those under API keys at xstream.5paisa.com, and enter them here again.',
    ...(last.brokerWords !== null && { brokerWords: last.brokerWords }),
  })
}

/** Returns the error of a refused request token, and throws any other. */
function refusedRequestToken(error: unknown): LoginError {
  if (error instanceof LoginError && error.kind === 'token-expired') return error
  throw error
}

const post = (path: string, head: object, body: object) =>
  ({ method: 'POST', path, json: { head, body } }) as const

async function newToken(context: LoginContext): Promise<TokenBundle> {
  context.report('login')
  const clientCode = context.setting('client_code')
  const userKey = context.secret('user_key').reveal()
  const { password, code } = await context.spend({ password: 'pin', code: true })
  const head = { Key: userKey }
  const entries = { Email_ID: clientCode, TOTP: code, PIN: password }
  const request = post('/TOTPLogin', head, entries)
  const { RequestToken, ClientCode } = (await api.call(context, 'login', request, Login)).body
  assertLoginOf(clientCode, ClientCode)

  context.report('token')
  const keys = { EncryKey: context.secret('encryption_key').reveal(), UserId: context.setting('user_id') }
  const exchange = post('/GetAccessToken', head, { RequestToken, ...keys })
  const session = (await api.call(context, 'token', exchange, Session)).body
  assertLoginOf(clientCode, session.ClientCode)
  return bundleOf({ access_token: session.AccessToken, client_code: clientCode, user_key: userKey })
}

export async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  const headers = { Authorization: `bearer ${tokenField(token, 'access_token')}` }
  // In lower case here, unlike at the login.
  const head = { key: tokenField(token, 'user_key') }
  const request = { ...post('/V4/Margin', head, { ClientCode: tokenField(token, 'client_code') }), headers }
  const { ClientCode } = (await api.call(context, 'probe', request, Margin)).body
  assertTokenOf(context.setting('client_code'), ClientCode ?? undefined)
}
