import type { ProblemKind } from '../../../contract/state.ts'
import { LoginError, type LoginErrorDetails } from '../../errors.ts'
import { isGateways, meantStatus } from '../kotak/refusal-code.ts'
import { isLocked } from '../refusal-words.ts'
import { isUnavailable } from '../replies.ts'
import type { Told } from './told.ts'

/** The calls made here; each gives the same refusal a meaning of its own. */
export type NeoCall = 'code' | 'mpin' | 'orders'

const HEADER_MISSING = '10512'
const NO_OTP = '10522'
/** Of the trading API: "Invalid session", "invalid session token". */
const NO_SESSION: ReadonlySet<string> = new Set(['1003', '100022'])
/** An address that is not whitelisted, and a session that was opened from another one. */
const ADDRESS_UNKNOWN = '100008'
const ADDRESS_CHANGED = '1037'
/** "Dependency error: temporary backend issue, retry after a few seconds", say Kotak's documents of it. */
const DEPENDENCY_FAILED = 424
/** What Kotak documents, or has been seen to send, for an entry that it does not accept. */
const entryStatuses: ReadonlySet<number> = new Set([400, 401, 403, 422])

/** An app key or a session that is unknown or has ended. */
const hasNoAccess = (code: string): boolean => NO_SESSION.has(code) || isGateways(code)

/** What a refusal means, with Kotak's own words. */
export function refusal(httpStatus: number, call: NeoCall, told: Told): LoginError {
  if (httpStatus < 400 && !told.isRefusal) return new LoginError('protocol-changed')
  const { code, words } = told
  const status = meantStatus(httpStatus, code)
  const kind = refusalKind(status, call, code, words)
  return new LoginError(kind, {
    ...explanation(kind, call, code),
    ...(words !== '' && { brokerWords: words }),
    // Without an app, a session or a header nothing that was entered gets as far as being judged.
    notJudged: isUnavailable(status) || hasNoAccess(code) || code === HEADER_MISSING,
  })
}

function refusalKind(status: number, call: NeoCall, code: string, words: string): ProblemKind {
  if (status === 429) return 'rate-limited'
  if (status >= 500 || status === DEPENDENCY_FAILED || code === NO_OTP) return 'broker-down'
  if (code === ADDRESS_UNKNOWN || code === ADDRESS_CHANGED) return 'ip-not-allowed'
  if (code === HEADER_MISSING) return 'protocol-changed'
  if (call === 'orders') return status === 401 || hasNoAccess(code) ? 'token-expired' : 'protocol-changed'
  if (hasNoAccess(code)) return call === 'code' ? 'app-config' : 'token-expired'
  if (isLocked(words)) return 'account-locked'
  if (status >= 400 && !entryStatuses.has(status)) return 'protocol-changed'
  if (call === 'mpin') return 'bad-credentials'
  if (status === 403) return 'app-config'
  return status === 422 || isAboutClient(words) ? 'bad-credentials' : 'bad-totp'
}

/** "Invalid credentials or TOTP" can be about either, and another code is what may help. */
const isAboutClient = (words: string): boolean =>
  /\b(mobile|ucc|client)\b/i.test(words) && !/\bt?otp\b/i.test(words)

function explanation(kind: ProblemKind, call: NeoCall, code: string): LoginErrorDetails {
  if (code === ADDRESS_CHANGED) return sessionFromElsewhere
  if (code === ADDRESS_UNKNOWN) return addressNotListed
  return explanations[call][kind] ?? {}
}

const sessionFromElsewhere: LoginErrorDetails = {
  message:
    'Kotak ties a session to the public address that logged in, and this request came from another one.',
  next: 'Log in from the machine that places the orders, or through its proxy, and use the new token there.',
}
const addressNotListed: LoginErrorDetails = {
  message: 'Kotak takes orders from whitelisted addresses only, and the public address here is none of them.',
  next: 'Add it in Kotak Neo under More, Trade API, Add IP. Then log in again from that address.',
}
const codeRefused: LoginErrorDetails = {
  message: 'Kotak did not accept the TOTP code, or not the mobile number and client code that came with it.',
  next:
    'Compare the code here with your authenticator app, and the other two with your Neo profile. ' +
    'If the codes differ, enter the TOTP setup key again.',
}
const clientUnknown: LoginErrorDetails = {
  message: 'Kotak did not accept this mobile number and client code.',
  next: 'Compare both with your Neo profile and change them here. The client code is not the numeric one.',
}
const mpinRefused: LoginErrorDetails = {
  message: 'Kotak did not accept the MPIN.',
  next: 'Try it in the Kotak Neo app, then enter it here again. Automatic login is paused until you do.',
}
const keyRefused: LoginErrorDetails = {
  message: 'Kotak did not accept the access token (consumer key).',
  next: 'Copy it from the API Dashboard in Kotak Neo and enter it here again. A reset there ends the old one.',
}
const sessionGone: LoginErrorDetails = {
  message: 'Kotak ended the login between the code and the MPIN.',
  next: 'Log in again.',
}
const locked: LoginErrorDetails = {
  next: 'Unlock it in the Kotak Neo app, then enter the MPIN here again.',
}

const explanations: Record<NeoCall, Partial<Record<ProblemKind, LoginErrorDetails>>> = {
  code: {
    'bad-totp': codeRefused,
    'bad-credentials': clientUnknown,
    'app-config': keyRefused,
    'account-locked': locked,
  },
  mpin: { 'bad-credentials': mpinRefused, 'token-expired': sessionGone, 'account-locked': locked },
  orders: {},
}
