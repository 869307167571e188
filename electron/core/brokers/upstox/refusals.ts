import type { ProblemKind } from '../../../contract/state.ts'
import { asking, LoginError, type LoginErrorDetails } from '../../errors.ts'
import {
  countsAttempts,
  mayBeAboutEntry,
  commonMeaning,
  pauseIn,
  mentionsCode,
} from '../kit/refusal-words.ts'
import { DEVELOPER_PAGE } from './fields.ts'

/** The calls to Upstox; the same refusal has another meaning in each. */
export type UpstoxCall = 'open' | 'number' | 'code' | 'pin' | 'approve' | 'exchange' | 'token'

/** The codes and messages of a refusal. */
export interface Refusal {
  readonly codes: readonly string[]
  readonly words: string
}

interface Meaning extends Pick<LoginErrorDetails, 'message' | 'next' | 'final' | 'notJudged' | 'coolDownMs'> {
  readonly kind: ProblemKind
}

const unknownApp: Meaning = {
  kind: 'app-config',
  message: 'Upstox does not know this API key together with this redirect URL.',
  next: `Compare both with your app’s page at ${DEVELOPER_PAGE} letter by letter, a slash at the end too, and change them here.`,
}
const wrongSecret: Meaning = {
  kind: 'app-config',
  message: 'Upstox refused the API key or the API secret.',
  next: `Compare both with your app’s page at ${DEVELOPER_PAGE} and change them here.`,
}
const notUnderstood: Meaning = { kind: 'protocol-changed' }
const locked: Meaning = {
  kind: 'account-locked',
  next: 'Unlock it in the Upstox app or on login.upstox.com (usually by resetting the PIN), then enter the new PIN here.',
}
const unknownNumber: Meaning = {
  kind: 'bad-credentials',
  message: 'Upstox does not know this mobile number.',
  next: 'Compare it with the number that you log in to Upstox with, and change it here.',
}
const wrongPin: Meaning = {
  kind: 'bad-credentials',
  message: 'Upstox refused this PIN.',
  next: 'Try the same PIN in the Upstox app. If it works there, enter it here again. Until then TokenTray won’t log in.',
}

/** Upstox judges the address after the token, so the token itself is valid. */
const otherAddress: Meaning = {
  kind: 'ip-not-allowed',
  message: 'Upstox accepts orders only from your registered IP address.',
  next:
    'From here the token is good for quotes and market data. Place orders from the registered address, or register ' +
    `this one at ${DEVELOPER_PAGE}: once a week, and tokens end with it.`,
}

/**
 * The codes of https://upstox.com/developer/api-documentation/error-codes and, for the token, of
 * https://upstox.com/developer/api-documentation/get-token. The bare numbers come from the undocumented login page, as
 * other programs have seen them.
 */
const byCode: Readonly<Record<string, Meaning>> = {
  1017016: notUnderstood,
  // "Too many codes": Upstox sends no code for ten minutes.
  1017069: { kind: 'rate-limited', coolDownMs: 10 * 60_000 },
  1017106: wrongPin,
  UDAPI1154: otherAddress,
  UDAPI1221: otherAddress,
  UDAPI10000: notUnderstood,
  UDAPI10005: { kind: 'rate-limited' },
  UDAPI100015: notUnderstood,
  UDAPI100016: wrongSecret,
  UDAPI100036: notUnderstood,
  UDAPI100038: notUnderstood,
  UDAPI100050: { kind: 'token-expired' },
  UDAPI100057: {
    kind: 'token-expired',
    message: 'Upstox did not take the authorization code: it works once and for a few minutes only.',
    next: 'Log in again.',
  },
  UDAPI100058: {
    kind: 'subscription',
    message: 'Upstox says that no segment of this account is active.',
    next: 'Reactivate the account in the Upstox app or on upstox.com, then log in again.',
  },
  UDAPI100067: notUnderstood,
  UDAPI100068: unknownApp,
  UDAPI100069: wrongSecret,
  UDAPI100070: unknownApp,
  UDAPI100073: {
    kind: 'app-config',
    message: 'Upstox says that this app is not active.',
    next: asking(
      'developers',
      `Look at ${DEVELOPER_PAGE} which app is your active one, and enter its details here; else ask Upstox’s support.`,
    ),
  },
  UDAPI100500: { kind: 'broker-down' },
}

/** Returns the error for a refusal, with the broker's own words. */
export function refusalError(status: number, call: UpstoxCall, refusal: Refusal): LoginError {
  const { kind, ...details } = meaningOf(status, call, refusal)
  return new LoginError(kind, { ...details, ...(refusal.words !== '' && { brokerWords: refusal.words }) })
}

function meaningOf(status: number, call: UpstoxCall, { codes, words }: Refusal): Meaning {
  const known = codes.map((code) => byCode[code]).find((meaning) => meaning !== undefined)
  if (known?.kind === 'rate-limited') return known
  const isAboutEntry = known === wrongPin ? call === 'pin' : isAboutEntryOf(call, words)
  const common = commonMeaning(status, words, isAboutEntry)
  if (common !== null && !mayBeAboutEntry(status)) return common
  if (known !== undefined && known !== wrongPin) return meaningOfCode(status, call, known)
  if (common !== null) return commonTexts[common.kind] ?? common
  // The token is the only credential of these calls.
  if (call === 'token' && status === 401) return { kind: 'token-expired' }
  if (call === 'open') return unknownApp
  return isAboutEntry ? refusedEntry(call, words) : notUnderstood
}

const commonTexts: Partial<Record<ProblemKind, Meaning>> = {
  'account-locked': locked,
  'ip-not-allowed': otherAddress,
}

/** The kinds of a 401 reply that do not refuse the token. */
const notTheToken: ReadonlySet<ProblemKind> = new Set(['broker-down', 'ip-not-allowed', 'subscription'])

function meaningOfCode(status: number, call: UpstoxCall, known: Meaning): Meaning {
  if (call === 'token' && status === 401 && !notTheToken.has(known.kind)) return { kind: 'token-expired' }
  return call === 'open' && known === notUnderstood ? unknownApp : known
}

/** Guesses by keywords, because the login page's messages are mostly undocumented. */
function isAboutEntryOf(call: UpstoxCall, words: string): boolean {
  switch (call) {
    case 'number':
      // A message that asks for a pause may name the number as well.
      return /\bmobile\b/i.test(words) && !isTooMany(words) && pauseIn(words) === null
    case 'code':
      return mentionsCode(words) || countsAttempts(words)
    case 'pin':
      return /\b(m?pin|passcode|password|credentials?)\b/i.test(words) || countsAttempts(words)
    case 'open':
    case 'approve':
    case 'exchange':
    case 'token':
      return false
  }
}

/** Returns the meaning of a refused entry, for a call that `isAboutEntryOf` accepts. */
function refusedEntry(call: UpstoxCall, words: string): Meaning {
  if (call === 'number') return unknownNumber
  if (call === 'pin') return { ...wrongPin, ...pauseIn(words) }
  // The limit is undocumented, so after a counted code no further code is sent automatically.
  return { kind: 'bad-totp', final: countsAttempts(words) || isTooMany(words), ...pauseIn(words) }
}

const isTooMany = (words: string): boolean => /too many/i.test(words)
