import * as z from 'zod/mini'
import type { ProblemKind } from '../../../contract/state.ts'
import { LoginError, type LoginErrorDetails } from '../../errors.ts'
import type { HttpReply } from '../../ports.ts'
import {
  mayBeAboutEntry,
  meaningBesideEntry,
  speaksOfCode,
  speaksOfPassword,
  type RefusalMeaning,
} from '../kit/refusal-words.ts'
import { readJson, statusError } from '../kit/replies.ts'

/**
 * The calls that answer with Kite's JSON envelope; each gives the same refusal a meaning of its own. A `typed-code`
 * came from the user, a `code` from the TOTP secret.
 */
export type KiteCall =
  'open' | 'password' | 'code' | 'typed-code' | 'finish' | 'exchange' | 'token' | 'enctoken'

const Failure = z.object({
  status: z.literal('error'),
  message: z.nullish(z.string()),
  error_type: z.nullish(z.string()),
})
const Success = z.object({ status: z.literal('success'), data: z.unknown() })

/** A refusal in Kite's envelope. */
interface Refusal {
  readonly status: number
  /** Kite's words; empty where there are none. */
  readonly words: string
  /** Such as `TokenException`: https://kite.trade/docs/connect/v3/exceptions/ */
  readonly type: string
}

const serverTrouble = new Set(['NetworkException', 'DataException'])

/**
 * The `data` of a successful reply, in Kite's envelope
 * (https://kite.trade/docs/connect/v3/response-structure/), checked against `schema`.
 * @throws LoginError with the broker's own words. Success is data in hand: an HTTP status alone proves nothing.
 */
export function readData<T>(reply: HttpReply, call: KiteCall, schema: z.ZodMiniType<T>): T {
  const envelope = readJson(reply)
  const failure = Failure.safeParse(envelope)
  if (failure.success) {
    const { message, error_type } = failure.data
    throw refusalError(call, { status: reply.status, words: message ?? '', type: error_type ?? '' })
  }
  if (reply.status >= 400) throw statusError(reply.status)
  const success = Success.safeParse(envelope)
  const data = success.success ? schema.safeParse(success.data.data) : success
  if (!data.success) throw new LoginError('protocol-changed')
  return data.data
}

function refusalError(call: KiteCall, refusal: Refusal): LoginError {
  const { kind, ...details } = meaningOf(call, refusal)
  return new LoginError(kind, { ...details, ...(refusal.words !== '' && { brokerWords: refusal.words }) })
}

interface Meaning extends RefusalMeaning, Pick<LoginErrorDetails, 'message' | 'next'> {}

/**
 * Kite names its errors loosely (the same wrong password has come as UserException, InputException and
 * GeneralException), so words and status decide, and the type only where it is known to be exact.
 */
function meaningOf(call: KiteCall, refusal: Refusal): Meaning {
  const { status, words, type } = refusal
  if (serverTrouble.has(type) && mayBeAboutEntry(status)) return { kind: 'broker-down' }
  const isAboutEntry = entryTests[call]?.(refusal) === true
  const beside = meaningBesideEntry(status, words, isAboutEntry)
  if (beside !== null) return { ...beside, ...besideTexts[beside.kind] }
  switch (call) {
    case 'open':
    case 'finish':
      return { kind: speaksOfApp(words) ? 'app-config' : 'protocol-changed' }
    case 'password':
      return { kind: isAboutEntry ? 'bad-credentials' : 'protocol-changed' }
    case 'code':
    case 'typed-code':
      if (/2fa type/i.test(words)) return { kind: 'second-factor-mismatch' }
      if (isLoginGone(refusal)) return loginGone
      if (!isAboutEntry) return { kind: 'protocol-changed' }
      return call === 'code' ? { kind: 'bad-totp' } : typedCodeRefused
    case 'exchange':
      if (/checksum/i.test(words)) return { kind: 'app-config' }
      if (speaksOfApiKey(words)) return keyRefused
      // Anything else means that the single-use request token is no longer good.
      return requestTokenGone
    case 'token':
      return { kind: isTokenRefused(refusal) ? 'token-expired' : 'protocol-changed' }
    case 'enctoken':
      // A dead one has been answered with 400 (https://github.com/BennyThadikaran/Kite-Trader/issues/1), and nothing
      // else goes with it that could be wrong.
      return { kind: status === 400 || isTokenRefused(refusal) ? 'token-expired' : 'protocol-changed' }
  }
}

/** In place of general sentences that would say something else. */
const besideTexts: Partial<Record<ProblemKind, Pick<LoginErrorDetails, 'message' | 'next'>>> = {
  'bot-wall': { message: 'Kite wants to see that you are no robot, which only you can show it.' },
  'app-config': {
    message: 'Kite does not let this user ID use the app.',
    next: 'Add the user ID to the app at developers.kite.trade.',
  },
}

/** Whether a refusal names what was sent as wrong, for the calls that carry an entry. */
const entryTests: Partial<Record<KiteCall, (refusal: Refusal) => boolean>> = {
  password: ({ words }) => speaksOfPassword(words) && !isAboutForm(words),
  code: isCodeRefused,
  'typed-code': isCodeRefused,
}

function isCodeRefused(refusal: Refusal): boolean {
  const { words, type } = refusal
  if (isLoginGone(refusal) || isAboutForm(words)) return false
  return type === 'TwoFAException' || speaksOfCode(words)
}

/** A captcha, or a field that Kite misses, says nothing of the value that was sent. */
const isAboutForm = (words: string): boolean => /captcha|\b(missing|empty|required)\b/i.test(words)

/**
 * Whether Kite has forgotten the login that a code was sent for, as in "Session expired or invalid" and
 * "Invalid `request_id`". Then it has looked at no code.
 */
const isLoginGone = ({ status, words, type }: Refusal): boolean =>
  mayBeAboutEntry(status) &&
  (/\bsession\b|request.?id\b/i.test(words) || (type === 'TokenException' && !speaksOfCode(words)))

const speaksOfApiKey = (words: string): boolean => /\bapi[ _-]?key\b/i.test(words)
const speaksOfApp = (words: string): boolean =>
  !isAboutForm(words) && (speaksOfApiKey(words) || /\bapp(lication)?\b/i.test(words))

/** Under another status or type the call was refused, not the token. */
const isTokenRefused = ({ status, words, type }: Refusal): boolean =>
  type === 'TokenException' ||
  ((status === 401 || status === 403) && /\b(access_?token|session)\b/i.test(words))

/** The engine begins such a login again, once. Kite has just accepted its password, so a second time costs nothing. */
const loginGone: Meaning = {
  kind: 'token-expired',
  notJudged: true,
  message: 'Kite had ended this login before it looked at the code.',
  next: 'Log in again.',
}

const requestTokenGone: Meaning = {
  kind: 'token-expired',
  message: 'The broker did not take the request token: it works once and for a few minutes only.',
  next: 'Log in again.',
}

/** Kite says this of a wrong key, and of an app whose subscription has lapsed. */
const keyRefused: Meaning = {
  kind: 'app-config',
  message: 'Kite did not accept the app’s API key.',
  next: 'Look at the app at developers.kite.trade: renew its subscription if it has ended, and compare the API key.',
}

const typedCodeRefused: Meaning = {
  kind: 'bad-totp',
  message: 'Kite did not accept the code that was typed.',
  next:
    'Log in again and type the newest code. If the codes of the app are never accepted, turn on automatic time ' +
    'on your phone.',
}
