import type { ProblemKind } from '../../../contract/state.ts'
import { LoginError, type LoginErrorDetails } from '../../errors.ts'
import { isGatewayCode, effectiveStatus } from '../kotak/refusal-code.ts'
import { commonMeaning, mentionsCode, mentionsPassword, type RefusalMeaning } from '../kit/refusal-words.ts'
import type { Envelope } from './envelope.ts'

/** The calls to Kotak; the same refusal has another meaning in each. */
export type NeoCall = 'code' | 'mpin' | 'orders'

const HEADER_MISSING = '10512'
const NO_OTP = '10522'

/** "invalid session token", which Kotak also sends for a valid session outside market hours. */
export const SESSION_MAYBE_VALID = '100022'

/** Codes of the trading API; 1003 is "Invalid session". */
const NO_SESSION: ReadonlySet<string> = new Set(['1003', SESSION_MAYBE_VALID])

/** The codes for an address that is not whitelisted, and for a session opened from another address. */
const ADDRESS_UNKNOWN = '100008'
const ADDRESS_CHANGED = '1037'

/** Kotak's documents: "Dependency error: temporary backend issue, retry after a few seconds". */
const DEPENDENCY_FAILED = 424

/** The message for a login call without a required field: https://github.com/Kotak-Neo/kotak-neo-python, docs/functions/authentication. */
const FIELD_MISSING = /^missing required field '?(\w+)/i

/** Returns whether a code means an app key or session that is unknown or has ended. */
const hasNoAccess = (code: string): boolean => NO_SESSION.has(code) || isGatewayCode(code)

/** Returns the error for a refusal, with Kotak's own words. */
export function refusal(httpStatus: number, call: NeoCall, envelope: Envelope): LoginError {
  if (httpStatus < 400 && !envelope.isRefusal) return new LoginError('protocol-changed')
  const { code, words } = envelope
  const { kind, coolDownMs, notJudged } = meaningOf(effectiveStatus(httpStatus, code), call, envelope)
  return new LoginError(kind, {
    ...explanation(kind, call, envelope),
    mayBeGood: code === SESSION_MAYBE_VALID,
    ...(words !== '' && { brokerWords: words }),
    ...(coolDownMs !== undefined && { coolDownMs }),
    ...(notJudged !== undefined && { notJudged }),
  })
}

function meaningOf(status: number, call: NeoCall, envelope: Envelope): RefusalMeaning {
  const { code, words } = envelope
  if (status < 500 && status !== 429) {
    if (status === DEPENDENCY_FAILED || code === NO_OTP) return { kind: 'broker-down' }
    if (code === ADDRESS_UNKNOWN || code === ADDRESS_CHANGED) return { kind: 'ip-not-allowed' }
    // Without an app, a session, a header or a field, Kotak does not reach the entry.
    if (code === HEADER_MISSING) return { kind: 'protocol-changed', notJudged: true }
    if (FIELD_MISSING.test(words)) return { kind: 'app-config', notJudged: true }
    if (hasNoAccess(code)) return { kind: call === 'code' ? 'app-config' : 'token-expired', notJudged: true }
    if (envelope.isPasswordExpired && call !== 'orders') return { kind: 'bad-credentials' }
  }
  const blamed = blamedEntry(call, words)
  const common = commonMeaning(status, words, blamed !== null)
  if (common !== null) return common
  if (call === 'orders') return { kind: status === 401 ? 'token-expired' : 'protocol-changed' }
  if (blamed !== null) return { kind: blamed === 'code' ? 'bad-totp' : 'bad-credentials' }
  return { kind: call === 'code' && status === 403 ? 'app-config' : 'protocol-changed' }
}

/**
 * Returns which entry Kotak's words call wrong; null for none. Kotak documents only "Invalid credentials or TOTP.".
 * That counts as a wrong code, because only another code can help.
 */
function blamedEntry(call: NeoCall, words: string): 'code' | 'client' | 'mpin' | null {
  // A limit does not judge the entry.
  if (call === 'orders' || /too many|exceed|maximum/i.test(words)) return null
  if (call === 'code' && mentionsCode(words)) return 'code'
  if (call === 'mpin' && /\b(m?pin|passcode|password|credentials?)\b/i.test(words)) return 'mpin'
  return /\b(mobile|ucc|client)\b/i.test(words) || mentionsPassword(words) ? 'client' : null
}

function explanation(kind: ProblemKind, call: NeoCall, envelope: Envelope): LoginErrorDetails {
  if (envelope.code === ADDRESS_CHANGED) return sessionFromElsewhere
  if (envelope.code === ADDRESS_UNKNOWN) return addressNotListed
  if (kind === 'app-config') return appRefused(envelope)
  if (kind === 'bad-credentials' && envelope.isPasswordExpired) return passwordExpired
  const isAboutClient = kind === 'bad-credentials' && blamedEntry(call, envelope.words) === 'client'
  return isAboutClient ? clientUnknown : (explanations[call][kind] ?? {})
}

function appRefused({ words }: Envelope): LoginErrorDetails {
  const missing = FIELD_MISSING.exec(words)?.[1]
  return missing === undefined ? keyRefused : fieldMissing(missing)
}

/** Explains Kotak's message that `field` was empty. */
const fieldMissing = (field: string): LoginErrorDetails => ({
  message: `Kotak says that the login lacks ${sent[field.toLowerCase()] ?? `“${field}”`}.`,
  next: 'Enter it here again. If Kotak says so once more, look for a newer version of TokenTray.',
})
const sent: Readonly<Record<string, string>> = {
  mobilenumber: 'the mobile number',
  ucc: 'the client code',
  totp: 'the TOTP code',
  mpin: 'the MPIN',
}

/** Explains that Kotak demands a new password, although this login sends no password. */
export const passwordExpired: LoginErrorDetails = {
  message: 'Kotak says that the password of this account has expired. The MPIN was not sent.',
  next: 'Set a new password in the Kotak Neo app or on its website, then log in again.',
}

const sessionFromElsewhere: LoginErrorDetails = {
  message:
    'Kotak ties a session to the public address that logged in, and this request came from another one.',
  next: 'Log in from the machine that places the orders, or through its proxy, and use the new token there.',
}
const addressNotListed: LoginErrorDetails = {
  message: 'Kotak accepts only your registered IP address, and this computer has another one.',
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
  message: 'Kotak refused this MPIN.',
  next: 'Try the same MPIN in the Kotak Neo app. If it works there, enter it here again. Until then TokenTray won’t log in.',
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
  code: { 'bad-totp': codeRefused, 'account-locked': locked },
  mpin: { 'bad-credentials': mpinRefused, 'token-expired': sessionGone, 'account-locked': locked },
  orders: {},
}
