import type { ProblemKind } from '../../../contract/state.ts'
import { LoginError, type LoginErrorDetails } from '../../errors.ts'
import {
  countsAttempts,
  mayBeAboutEntry,
  meaningBesideEntry,
  pauseIn,
  speaksOfCode,
} from '../kit/refusal-words.ts'
import { DEVELOPER_PAGE } from './fields.ts'

/** The calls of a login and after it; each gives the same refusal a meaning of its own. */
export type UpstoxCall = 'open' | 'number' | 'code' | 'pin' | 'approve' | 'exchange' | 'token'

/** What a reply says against what was asked. */
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
  message: 'Upstox did not accept the API key or the API secret.',
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
  message: 'Upstox did not accept the PIN.',
  next: 'Try it in the Upstox app, then enter it again here. Automatic login is paused until you do.',
}
/** The address is judged after the token, so the token itself is good: Upstox knows whose address to compare. */
const otherAddress: Meaning = {
  kind: 'ip-not-allowed',
  message: 'Upstox answers this only from the network address that is registered for your orders.',
  next:
    'From here the token is good for quotes and market data. Place orders from the registered address, or register ' +
    `this one at ${DEVELOPER_PAGE}: once a week, and tokens end with it.`,
}

/**
 * The codes of https://upstox.com/developer/api-documentation/error-codes and, for the token, of
 * https://upstox.com/developer/api-documentation/get-token. The numbers are those of the login page, which are not
 * documented: other programs have met them.
 */
const byCode: Readonly<Record<string, Meaning>> = {
  1017016: notUnderstood,
  // "Too many codes": no more are sent for ten minutes.
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
    next: `Look at ${DEVELOPER_PAGE} which app is your active one, and enter its details here; else ask Upstox’s support.`,
  },
  UDAPI100500: { kind: 'broker-down' },
}

/** What a refusal is to the user, with the broker's own words. */
export function refusalError(status: number, call: UpstoxCall, refusal: Refusal): LoginError {
  const { kind, ...details } = meaningOf(status, call, refusal)
  return new LoginError(kind, { ...details, ...(refusal.words !== '' && { brokerWords: refusal.words }) })
}

function meaningOf(status: number, call: UpstoxCall, { codes, words }: Refusal): Meaning {
  const known = codes.map((code) => byCode[code]).find((meaning) => meaning !== undefined)
  if (known?.kind === 'rate-limited') return known
  const isAboutEntry = known === wrongPin ? call === 'pin' : isAboutEntryOf(call, words)
  const beside = meaningBesideEntry(status, words, isAboutEntry)
  if (beside !== null && !mayBeAboutEntry(status)) return beside
  if (known !== undefined && known !== wrongPin) return meaningOfCode(status, call, known)
  if (beside !== null) return inOurWords[beside.kind] ?? beside
  // The only credential that goes with these calls is the token.
  if (call === 'token' && status === 401) return { kind: 'token-expired' }
  if (call === 'open') return unknownApp
  return isAboutEntry ? refusedEntry(call, words) : notUnderstood
}

const inOurWords: Partial<Record<ProblemKind, Meaning>> = {
  'account-locked': locked,
  'ip-not-allowed': otherAddress,
}

/** What a reply about a token may be about instead. */
const notTheToken: ReadonlySet<ProblemKind> = new Set(['broker-down', 'ip-not-allowed', 'subscription'])

function meaningOfCode(status: number, call: UpstoxCall, known: Meaning): Meaning {
  if (call === 'token' && status === 401 && !notTheToken.has(known.kind)) return { kind: 'token-expired' }
  return call === 'open' && known === notUnderstood ? unknownApp : known
}

/** The login page's words are not documented but for a few that others have met. */
function isAboutEntryOf(call: UpstoxCall, words: string): boolean {
  switch (call) {
    case 'number':
      // It may well name the number when it wants a pause.
      return /\bmobile\b/i.test(words) && !isTooMany(words) && pauseIn(words) === null
    case 'code':
      return speaksOfCode(words) || countsAttempts(words)
    case 'pin':
      return /\b(m?pin|passcode|password|credentials?)\b/i.test(words) || countsAttempts(words)
    case 'open':
    case 'approve':
    case 'exchange':
    case 'token':
      return false
  }
}

/** An entry that is refused: `call` is one that `isAboutEntryOf` says yes to. */
function refusedEntry(call: UpstoxCall, words: string): Meaning {
  if (call === 'number') return unknownNumber
  if (call === 'pin') return { ...wrongPin, ...pauseIn(words) }
  // How many it allows is not documented, so one that is counted is the last that is sent unasked.
  return { kind: 'bad-totp', final: countsAttempts(words) || isTooMany(words), ...pauseIn(words) }
}

const isTooMany = (words: string): boolean => /too many/i.test(words)
