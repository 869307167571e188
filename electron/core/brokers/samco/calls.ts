import * as z from 'zod/mini'
import { asking } from '../../errors.ts'
import type { BrokerAddresses, CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { bundleOf } from '../kit/bundles.ts'
import { envelopeReader } from '../kit/envelopes.ts'
import { jsonApi } from '../kit/json-api.ts'
import { Text, tokenField } from '../kit/replies.ts'

type Step = 'login' | 'probe' | 'logout'

const dashboard = 'tradeapi.samco.in/app/login'
const signInOnce = {
  kind: 'consent-required',
  message: 'Samco accepted the API key, but could not start a trading session for the account.',
  next:
    'Sign in once in the Samco mobile app, then log in here again. Reset the password there if it is refused; ' +
    'if the account is blocked or dormant, write to support@samco.in.',
} as const

/** Meanings by https://docs-tradeapi.samco.in/session/generate-token; no reply of Samco's judges a password or code. */
const api = jsonApi<Step>({
  headers: { Accept: 'application/json' },
  envelope: envelopeReader({
    code: ['errorCode'],
    words: ['statusMessage', 'validationErrors.0'],
    good: { status: ['success'] },
    onlyRefused: ['errorCode', 'validationErrors.0'],
  }),
  refusals: {
    carries: {},
    rows: [
      {
        in: ['login'],
        kind: 'app-config',
        codes: ['EOAUTH001'],
        message: 'Samco did not accept the API key, or the app is not active.',
        next:
          'Enter the encrypted text of Samco’s mail as it is, and see at ' +
          `${dashboard} under API Keys that the app is Active.`,
      },
      {
        in: ['login'],
        kind: 'app-config',
        codes: ['EOAUTH008'],
        message: 'Samco did not accept the API secret.',
        next: `Copy it again at ${dashboard}, under API Keys by “Reveal Secret”, and enter it here as it is.`,
      },
      { ...signInOnce, codes: ['EOAUTH999'] },
      { ...signInOnce, words: /unable to start your trading session/i },
      { kind: 'ip-not-allowed', codes: ['EOAUTH009'] },
      {
        in: ['probe', 'logout'],
        kind: 'token-expired',
        codes: ['EOAUTH015', 'EOAUTH016', 'EOAUTH017'],
      },
      { in: ['probe', 'logout'], kind: 'token-expired', words: /invalid token|sessid missing/i },
      { in: ['probe', 'logout'], kind: 'token-expired', statuses: [401] },
    ],
    texts: {
      'ip-not-allowed': {
        message: 'Samco takes orders only from the static addresses that are registered for the app.',
        next: asking(
          'developers',
          `Register the address of this computer at ${dashboard}, under Static IPs.`,
        ),
      },
      subscription: {
        message: 'Samco says that you have not subscribed to its Trade API.',
        next: `Subscribe to it at ${dashboard}, then log in here again.`,
      },
      'account-locked': {
        message: 'Samco has blocked this account.',
        next: 'Have it unblocked by support@samco.in, then log in here again.',
      },
    },
  },
})

const Session = z.object({ sessionToken: Text, accountID: Text })
/** Samco leaves out what it does not know, or sends null or an empty text. */
const Address = z.catch(z.optional(z.string()), undefined)
const WhoAmI = z.object({
  status: z.string(),
  srcIp: Address,
  primaryIp: Address,
  secondaryIp: Address,
})

export async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('login')
  const json = { apiKey: context.setting('api_key'), apiSecret: context.secret('api_secret').reveal() }
  const request = { method: 'POST', path: '/session/token', json } as const
  const { sessionToken, accountID } = await api.call(context, 'login', request, Session)
  return bundleOf({ session_token: sessionToken, account_id: accountID })
}

const signed = (token: TokenBundle): Record<string, string> => ({
  'x-session-token': tokenField(token, 'session_token'),
})

const whoAmI = async (context: CallContext, token: TokenBundle): Promise<z.infer<typeof WhoAmI>> =>
  api.call(context, 'probe', { method: 'GET', path: '/ip/whoami', headers: signed(token) }, WhoAmI)

/** Tries the token by a call that reads nothing but addresses. */
export async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  await whoAmI(context, token)
}

/** Returns the address that Samco sees and the static ones of the app, from which alone it takes orders. */
export async function addresses(context: CallContext, token: TokenBundle): Promise<BrokerAddresses> {
  const { srcIp, primaryIp, secondaryIp } = await whoAmI(context, token)
  return { seen: known(srcIp)[0] ?? null, registered: [...known(primaryIp), ...known(secondaryIp)] }
}

const known = (address = ''): string[] => (address === '' ? [] : [address])

/** Asks Samco to end the session. */
export async function revoke(context: CallContext, token: TokenBundle): Promise<void> {
  const request = { method: 'DELETE', path: '/logout', headers: signed(token) } as const
  await api.call(context, 'logout', request, z.unknown())
}
