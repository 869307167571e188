import type { ProblemKind } from '../../../contract/state.ts'
import { LoginError, type LoginErrorDetails } from '../../errors.ts'
import { isGateways, meantStatus } from '../kotak/refusal-code.ts'
import {
  meaningBesideEntry,
  speaksOfCode,
  speaksOfPassword,
  type RefusalMeaning,
} from '../kit/refusal-words.ts'
import type { Envelope } from './envelope.ts'

/** The calls made here; each gives the same refusal a meaning of its own. */
export type NeoCall = 'code' | 'mpin' | 'orders'

const HEADER_MISSING = '10512'
const NO_OTP = '10522'
/** "invalid session token": also seen for a session that is good, outside market hours. */
export const SESSION_DOUBTED = '100022'
/** Of the trading API; 1003 is "Invalid session". */
const NO_SESSION: ReadonlySet<string> = new Set(['1003', SESSION_DOUBTED])
/** An address that is not whitelisted, and a session that was opened from another one. */
const ADDRESS_UNKNOWN = '100008'
const ADDRESS_CHANGED = '1037'
/** "Dependency error: temporary backend issue, retry after a few seconds", say Kotak's documents of it. */
const DEPENDENCY_FAILED = 424
/** A login call that lacks a field: https://github.com/Kotak-Neo/kotak-neo-python, docs/functions/authentication. */
const FIELD_MISSING = /^missing required field '?(\w+)/i

/** An app key or a session that is unknown or has ended. */
const hasNoAccess = (code: string): boolean => NO_SESSION.has(code) || isGateways(code)

/** Returns what a refusal means, with Kotak's own words. */
export function refusal(httpStatus: number, call: NeoCall, told: Envelope): LoginError {
  if (httpStatus < 400 && !told.isRefusal) return new LoginError('protocol-changed')
  const { code, words } = told
  const { kind, coolDownMs, notJudged } = meaningOf(meantStatus(httpStatus, code), call, told)
  return new LoginError(kind, {
    ...explanation(kind, call, told),
    mayBeGood: code === SESSION_DOUBTED,
    ...(words !== '' && { brokerWords: words }),
    ...(coolDownMs !== undefined && { coolDownMs }),
    ...(notJudged !== undefined && { notJudged }),
  })
}

function meaningOf(status: number, call: NeoCall, told: Envelope): RefusalMeaning {
  const { code, words } = told
  if (status < 500 && status !== 429) {
    if (status === DEPENDENCY_FAILED || code === NO_OTP) return { kind: 'broker-down' }
    if (code === ADDRESS_UNKNOWN || code === ADDRESS_CHANGED) return { kind: 'ip-not-allowed' }
    // Without an app, a session, a header or a field nothing that was entered gets as far as being judged.
    if (code === HEADER_MISSING) return { kind: 'protocol-changed', notJudged: true }
    if (FIELD_MISSING.test(words)) return { kind: 'app-config', notJudged: true }
    if (hasNoAccess(code)) return { kind: call === 'code' ? 'app-config' : 'token-expired', notJudged: true }
    if (told.isPasswordExpired && call !== 'orders') return { kind: 'bad-credentials' }
  }
  const blamed = blamedEntry(call, words)
  const beside = meaningBesideEntry(status, words, blamed !== null)
  if (beside !== null) return beside
  if (call === 'orders') return { kind: status === 401 ? 'token-expired' : 'protocol-changed' }
  if (blamed !== null) return { kind: blamed === 'code' ? 'bad-totp' : 'bad-credentials' }
  return { kind: call === 'code' && status === 403 ? 'app-config' : 'protocol-changed' }
}

/**
 * Returns which entry of a call Kotak's words are about; null for none. Its words for a wrong entry are not
 * documented beyond "Invalid credentials or TOTP.", which can be about either: another code is what may help.
 */
function blamedEntry(call: NeoCall, words: string): 'code' | 'client' | 'mpin' | null {
  // A limit is no judgement of what was sent.
  if (call === 'orders' || /too many|exceed|maximum/i.test(words)) return null
  if (call === 'code' && speaksOfCode(words)) return 'code'
  if (call === 'mpin' && /\b(m?pin|passcode|password|credentials?)\b/i.test(words)) return 'mpin'
  return /\b(mobile|ucc|client)\b/i.test(words) || speaksOfPassword(words) ? 'client' : null
}

function explanation(kind: ProblemKind, call: NeoCall, told: Envelope): LoginErrorDetails {
  if (told.code === ADDRESS_CHANGED) return sessionFromElsewhere
  if (told.code === ADDRESS_UNKNOWN) return addressNotListed
  if (kind === 'app-config') return appRefused(told)
  if (kind === 'bad-credentials' && told.isPasswordExpired) return passwordExpired
  const isAboutClient = kind === 'bad-credentials' && blamedEntry(call, told.words) === 'client'
  return isAboutClient ? clientUnknown : (explanations[call][kind] ?? {})
}

function appRefused({ words }: Envelope): LoginErrorDetails {
  const missing = FIELD_MISSING.exec(words)?.[1]
  return missing === undefined ? keyRefused : fieldMissing(missing)
}

/** Kotak says that a program sent it an empty `field`. */
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
/** A password is entered nowhere here, but Kotak wants it changed first. */
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
  code: { 'bad-totp': codeRefused, 'account-locked': locked },
  mpin: { 'bad-credentials': mpinRefused, 'token-expired': sessionGone, 'account-locked': locked },
  orders: {},
}
