import type { ProblemKind } from '../../../contract/state.ts'
import { LoginError, type LoginErrorDetails } from '../../errors.ts'
import { attemptsLeftIn } from '../../login/attempts-left.ts'
import { isUnavailable, speaksOfLock } from '../replies.ts'
import { DEVELOPER_PAGE } from './fields.ts'

/** The calls of a login and after it; each gives the same refusal a meaning of its own. */
export type UpstoxCall = 'open' | 'number' | 'code' | 'pin' | 'approve' | 'exchange' | 'token'

/** What a reply says against what was asked. */
export interface Refusal {
  readonly codes: readonly string[]
  readonly words: string
}

interface Meaning extends Pick<LoginErrorDetails, 'message' | 'next' | 'final'> {
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

/**
 * The codes of https://upstox.com/developer/api-documentation/error-codes and, for the token, of
 * https://upstox.com/developer/api-documentation/get-token.
 */
const byCode: Readonly<Record<string, Meaning>> = {
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
  return new LoginError(kind, {
    ...details,
    ...(refusal.words !== '' && { brokerWords: refusal.words }),
    notJudged: isUnavailable(status),
  })
}

function meaningOf(status: number, call: UpstoxCall, { codes, words }: Refusal): Meaning {
  if (status === 429) return { kind: 'rate-limited' }
  // The only credential that goes with these calls is the token.
  if (call === 'token' && status === 401) return { kind: 'token-expired' }
  const known = codes.map((code) => byCode[code]).find((meaning) => meaning !== undefined)
  if (known !== undefined) return call === 'open' && known === notUnderstood ? unknownApp : known
  return status >= 500 ? { kind: 'broker-down' } : meaningOfWords(call, words)
}

/**
 * The login page's codes and words are not documented but for a few that others have met, so the call decides,
 * and words only where they are known.
 */
function meaningOfWords(call: UpstoxCall, words: string): Meaning {
  const attemptsLeft = attemptsLeftIn(words)
  const isCounting = attemptsLeft !== null || /attempts? left/i.test(words)
  // While it allows more it has not locked the account, though it may threaten to.
  const isLocked = speaksOfLock(words) && (!isCounting || attemptsLeft === 0)
  const isTooMany = /too many/i.test(words)
  switch (call) {
    case 'open':
      return unknownApp
    case 'number':
      if (isLocked) return locked
      // It may well name the number when it wants a pause.
      if (isTooMany) return { kind: 'rate-limited' }
      return /mobile number/i.test(words) ? unknownNumber : notUnderstood
    case 'code':
      // How many it allows is not documented, so one that is counted is the last that is sent unasked.
      return isLocked ? locked : { kind: 'bad-totp', final: isCounting || isTooMany }
    case 'pin':
      return isLocked ? locked : wrongPin
    case 'approve':
    case 'exchange':
    case 'token':
      return notUnderstood
  }
}

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
