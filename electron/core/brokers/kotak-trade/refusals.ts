import type { ProblemKind } from '../../../contract/state.ts'
import { asking, type Advice, LoginError } from '../../errors.ts'
import { isGatewayCode, effectiveStatus } from '../kotak/refusal-code.ts'
import { commonMeaning, mentionsCode, mentionsPassword, type RefusalMeaning } from '../kit/refusal-words.ts'

/** The calls to Kotak; the same refusal has another meaning in each. `token` stands for all calls with a token. */
export type TradeCall = 'open' | 'password' | 'access-code' | 'no-access-code' | 'token'

/** The code and message of Kotak's refusal; empty when missing. */
export interface Fault {
  readonly code: string
  readonly words: string
}

/** The status table of https://github.com/osparamatrix/ks-orderapi-python/blob/master/docs/SessionApi.md */
const documented: Readonly<Record<number, string>> = {
  400: 'invalid or missing input parameters',
  401: 'verify the resource and path of the request',
  429: 'too many requests to the API',
  500: 'unexpected error',
  503: 'the Trade API service is unavailable',
  504: 'gateway timeout, the Trade API is unreachable',
}

/** https://github.com/paramatrixtech/ksapi/issues/39 */
const ONE_TIME_TOKEN_GONE = '50001'

/** https://github.com/osparamatrix/ks-orderapi-python/issues/85 */
const LOCKED = '70009'

/** https://github.com/paramatrixtech/ksapi/issues/38 */
const NOT_AUTHORISED = '999003'

/** Returns the error for a refusal, with Kotak's own words. */
export function refusal(httpStatus: number, call: TradeCall, fault: Fault): LoginError {
  const { code, words } = fault
  const status = effectiveStatus(httpStatus, code)
  const { kind, coolDownMs, notJudged } = meaningOf(status, call, fault)
  return new LoginError(kind, {
    message: messageFor(kind, call, status, code),
    ...(next[kind] !== undefined && { next: next[kind] }),
    ...(words !== '' && { brokerWords: words }),
    ...(coolDownMs !== undefined && { coolDownMs }),
    ...(notJudged !== undefined && { notJudged }),
  })
}

function meaningOf(status: number, call: TradeCall, { code, words }: Fault): RefusalMeaning {
  // Without an app or a one-time token, Kotak does not reach the entry.
  if (code === LOCKED) return { kind: 'account-locked' }
  if (code === NOT_AUTHORISED) return { kind: 'subscription' }
  if (isGatewayCode(code)) return { kind: call === 'token' ? 'token-expired' : 'app-config', notJudged: true }
  if (code === ONE_TIME_TOKEN_GONE) return { kind: 'token-expired', notJudged: true }
  const isBlamed = blamesEntry(call, words)
  const common = commonMeaning(status, words, isBlamed)
  if (common !== null) return common
  // Kotak documents no other statuses.
  if (status !== 400 && status !== 401 && status !== 403) return { kind: 'protocol-changed' }
  switch (call) {
    case 'open':
      return { kind: 'app-config' }
    case 'password':
      return { kind: isBlamed ? 'bad-credentials' : 'protocol-changed' }
    case 'access-code':
      return { kind: isBlamed ? 'bad-totp' : 'protocol-changed' }
    case 'no-access-code':
      return { kind: 'second-factor-needed' }
    case 'token':
      // 403 is documented as "Invalid session, please re-login to continue" where a session is asked for.
      return { kind: status === 400 ? 'protocol-changed' : 'token-expired' }
  }
}

/** Returns whether Kotak's words are about the entry of a call. */
function blamesEntry(call: TradeCall, words: string): boolean {
  if (call === 'password') return mentionsPassword(words) || /\buserid\b/i.test(words)
  return call === 'access-code' && mentionsCode(words)
}

const messages: Partial<Record<ProblemKind, string>> = {
  'account-locked': 'Kotak has locked this account after wrong entries',
  subscription: 'Kotak says that this user has no access to its Trade API',
  'app-config': 'Kotak did not accept this application or user ID',
  'bad-credentials': 'Kotak refused this user ID or password',
  'bad-totp': 'Kotak did not accept the access code',
  'second-factor-needed': 'Kotak did not finish the login without the access code',
  'rate-limited': 'Kotak wants fewer requests',
  'broker-down': 'Kotak’s server is down',
  'ip-not-allowed': 'Kotak accepts only your registered IP address',
  'bot-wall': 'Kotak wants to see a human first',
}

function messageFor(kind: ProblemKind, call: TradeCall, status: number, code: string): string {
  const gone =
    call === 'token' ? 'Kotak no longer accepts the session token' : 'The one-time token was used up'
  const happened = messages[kind] ?? (kind === 'token-expired' ? gone : 'Kotak refused what it used to take')
  // Kotak's own code is more specific than the HTTP status.
  const isExact = code !== '' && code !== String(status)
  const meaning = documented[status]
  if (isExact || status < 400) return `${happened}.`
  return meaning === undefined ? `${happened} (HTTP ${status}).` : `${happened} (HTTP ${status}: ${meaning}).`
}

const replaced = 'Kotak has replaced this API: set the account up with Kotak Neo.'

const next: Partial<Record<ProblemKind, string | Advice>> = {
  'app-config':
    'At tradeapi.kotaksecurities.com/devportal, see that your application is subscribed to the session API, and ' +
    'generate a new access token. Enter it here; compare the consumer key and user ID.',
  'bad-totp':
    'Type the newest access code that Kotak has sent. After two wrong ones enter the password here again.',
  'second-factor-needed': asking(
    'change',
    'Change “Ask for the access code” to yes in the account’s details, then log in again.',
  ),
  subscription: replaced,
  'protocol-changed': replaced,
  'token-expired': 'Log in again.',
}
