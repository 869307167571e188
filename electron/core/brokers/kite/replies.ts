import * as z from 'zod/mini'
import type { ProblemKind } from '../../../contract/state.ts'
import { LoginError, type LoginErrorDetails } from '../../errors.ts'
import type { HttpReply } from '../../ports.ts'
import {
  mayBeAboutEntry,
  commonMeaning,
  mentionsCode,
  mentionsPassword,
  type RefusalMeaning,
} from '../kit/refusal-words.ts'
import { readJson, statusError } from '../kit/replies.ts'

/**
 * The calls that answer with Kite's JSON envelope; the same refusal has another meaning in each. A `typed-code` comes
 * from the user, a `code` from the TOTP secret.
 */
export type KiteCall =
  'open' | 'password' | 'code' | 'typed-code' | 'finish' | 'exchange' | 'token' | 'enctoken'

const Failure = z.object({
  status: z.literal('error'),
  message: z.nullish(z.string()),
  error_type: z.nullish(z.string()),
})
const Success = z.object({ status: z.literal('success'), data: z.unknown() })

/** The content of Kite's envelope for a refusal. */
interface Refusal {
  readonly status: number
  /** Kite's message; empty for none. */
  readonly words: string
  /** The error type, such as `TokenException`: https://kite.trade/docs/connect/v3/exceptions/ */
  readonly type: string
}

const serverTrouble = new Set(['NetworkException', 'DataException'])

/**
 * Returns the `data` of a successful reply in Kite's envelope
 * (https://kite.trade/docs/connect/v3/response-structure/), checked against `schema`. Only data proves success, not an
 * HTTP status.
 * @throws LoginError with the broker's own words
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
 * Returns the meaning of a refusal. Words and status decide, because Kite's types are inexact: the same wrong password
 * has come as UserException, InputException and GeneralException. A type decides only where it is known to be exact.
 */
function meaningOf(call: KiteCall, refusal: Refusal): Meaning {
  const { status, words, type } = refusal
  if (serverTrouble.has(type) && mayBeAboutEntry(status)) return { kind: 'broker-down' }
  const isAboutEntry = entryTests[call]?.(refusal) === true
  const common = commonMeaning(status, words, isAboutEntry)
  if (common !== null) return { ...common, ...commonTexts[common.kind] }
  switch (call) {
    case 'open':
    case 'finish':
      return { kind: mentionsApp(words) ? 'app-config' : 'protocol-changed' }
    case 'password':
      return isAboutEntry ? passwordRefused : { kind: 'protocol-changed' }
    case 'code':
    case 'typed-code':
      if (/2fa type/i.test(words)) return { kind: 'second-factor-mismatch' }
      if (isLoginGone(refusal)) return loginGone
      if (!isAboutEntry) return { kind: 'protocol-changed' }
      return call === 'code' ? { kind: 'bad-totp' } : typedCodeRefused
    case 'exchange':
      if (/checksum/i.test(words)) return { kind: 'app-config' }
      if (mentionsApiKey(words)) return keyRefused
      // Any other refusal means that the single-use request token is no longer valid.
      return requestTokenGone
    case 'token':
      return { kind: isTokenRefused(refusal) ? 'token-expired' : 'protocol-changed' }
    case 'enctoken':
      // Kite has answered 400 to an expired enctoken (https://github.com/BennyThadikaran/Kite-Trader/issues/1), and
      // the request holds nothing else that could be wrong.
      return { kind: status === 400 || isTokenRefused(refusal) ? 'token-expired' : 'protocol-changed' }
  }
}

/** Replaces the general messages, which would mislead here. */
const commonTexts: Partial<Record<ProblemKind, Pick<LoginErrorDetails, 'message' | 'next'>>> = {
  'bot-wall': { message: 'Zerodha wants to see a human first.' },
  'app-config': {
    message: 'Kite does not let this user ID use the app.',
    next: 'Add the user ID to the app at developers.kite.trade.',
  },
}

/** Returns whether a refusal calls the entry wrong, for the calls that carry an entry. */
const entryTests: Partial<Record<KiteCall, (refusal: Refusal) => boolean>> = {
  password: ({ words }) => mentionsPassword(words) && !isAboutForm(words),
  code: isCodeRefused,
  'typed-code': isCodeRefused,
}

function isCodeRefused(refusal: Refusal): boolean {
  const { words, type } = refusal
  if (isLoginGone(refusal) || isAboutForm(words)) return false
  return type === 'TwoFAException' || mentionsCode(words)
}

/** Returns whether words are about a captcha or a missing field, which do not judge the entry. */
const isAboutForm = (words: string): boolean => /captcha|\b(missing|empty|required)\b/i.test(words)

/**
 * Returns whether Kite no longer knows the login of a code, as in "Session expired or invalid" and "Invalid
 * `request_id`". Kite has not judged the code then.
 */
const isLoginGone = ({ status, words, type }: Refusal): boolean =>
  mayBeAboutEntry(status) &&
  (/\bsession\b|request.?id\b/i.test(words) || (type === 'TokenException' && !mentionsCode(words)))

const mentionsApiKey = (words: string): boolean => /\bapi[ _-]?key\b/i.test(words)
const mentionsApp = (words: string): boolean =>
  !isAboutForm(words) && (mentionsApiKey(words) || /\bapp(lication)?\b/i.test(words))

/** Returns whether Kite refused the token; other statuses and types refuse the call. */
const isTokenRefused = ({ status, words, type }: Refusal): boolean =>
  type === 'TokenException' ||
  ((status === 401 || status === 403) && /\b(access_?token|session)\b/i.test(words))

/** The engine retries such a login once, which is free, because Kite has just accepted the password. */
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

/** Explains Kite's message for a wrong key, which it also sends for a lapsed subscription. */
const keyRefused: Meaning = {
  kind: 'app-config',
  message: 'Zerodha refused the app’s API key.',
  next: 'Look at the app at developers.kite.trade: renew its subscription if it has ended, and compare the API key.',
}

const passwordRefused: Meaning = {
  kind: 'bad-credentials',
  message: 'Zerodha refused this user ID or password.',
  next: 'Try the same ones at kite.zerodha.com. If they work there, enter them here again. Until then TokenTray won’t log in.',
}

const typedCodeRefused: Meaning = {
  kind: 'bad-totp',
  message: 'That code was wrong.',
  next: 'Log in again and type the newest code. If the app’s codes never work, turn on automatic time on your phone.',
}
