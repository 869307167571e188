import { asking, type LoginErrorDetails } from '../../errors.ts'
import type { RefusalTable } from '../kit/refusals.ts'
import { codeWords, passwordWords } from '../kit/refusal-words.ts'
import { PASSWORD_EXPIRED } from './envelope.ts'

/** The calls to Kotak; the same refusal has another meaning in each. */
export type NeoCall = 'code' | 'mpin' | 'probe' | 'address'

/** "invalid session token", which Kotak also sends for a valid session outside market hours. */
const SESSION_MAYBE_VALID = '100022'

/** Codes of the trading API, of which 1003 is "Invalid session", and of the gateway, for a wrong key. */
const NO_ACCESS = /^(1003|100022|9009\d\d)$/

/** The message for a login call without a required field: https://github.com/Kotak-Neo/kotak-neo-python, docs/functions/authentication. */
const FIELD_MISSING = /^missing required field '?(\w+)/i

const sent: Readonly<Record<string, string>> = {
  mobilenumber: 'the mobile number',
  ucc: 'the client code',
  totp: 'the TOTP code',
  mpin: 'the MPIN',
}

/** Explains Kotak's message that a field was empty. */
function fieldMissing(words: string): LoginErrorDetails {
  const field = FIELD_MISSING.exec(words)?.[1] ?? ''
  return {
    message: `Kotak says that the login lacks ${sent[field.toLowerCase()] ?? `“${field}”`}.`,
    next: 'Enter it here again. If Kotak says so once more, look for a newer version of TokenTray.',
  }
}

/** Explains that Kotak demands a new password, although this login sends no password. */
export const passwordExpired: LoginErrorDetails = {
  message: 'Kotak says that the password of this account has expired. The MPIN was not sent.',
  next: 'Set a new password in the Kotak Neo app or on its website, then log in again.',
}

const login = ['code', 'mpin'] as const
const later = ['probe', 'address'] as const

/** Kotak documents only "Invalid credentials or TOTP." That counts as a wrong code: only another code can help. */
export const refusals: RefusalTable<NeoCall> = {
  carries: { code: ['code'], mpin: ['password'] },
  rows: [
    // "Dependency error: temporary backend issue, retry after a few seconds", and trouble with codes by SMS.
    { kind: 'broker-down', statuses: [424] },
    { kind: 'broker-down', codes: ['10522'] },
    {
      kind: 'ip-not-allowed',
      codes: ['1037'],
      message:
        'Kotak ties a session to the public address that logged in, and this request came from another one.',
      next: 'Log in from the machine that places the orders, or through its proxy, and use the new token there.',
    },
    {
      kind: 'ip-not-allowed',
      codes: ['100008'],
      message: 'Kotak accepts only your registered IP address, and this computer has another one.',
      next: asking(
        'developers',
        'Add it in Kotak Neo under More, Trade API, Add IP. Then log in again from that address.',
      ),
    },
    // Without an app, a session, a header or a field, Kotak does not reach the entry.
    { kind: 'protocol-changed', codes: ['10512'], notJudged: true },
    { kind: 'app-config', words: FIELD_MISSING, notJudged: true, explain: fieldMissing },
    { in: ['code'], kind: 'app-config', codes: NO_ACCESS, notJudged: true },
    {
      in: ['mpin'],
      kind: 'token-expired',
      codes: NO_ACCESS,
      notJudged: true,
      message: 'Kotak ended the login between the code and the MPIN.',
      next: 'Log in again.',
    },
    { in: later, kind: 'token-expired', codes: [SESSION_MAYBE_VALID], mayBeGood: true },
    { in: later, kind: 'token-expired', codes: NO_ACCESS },
    { in: login, kind: 'bad-credentials', codes: [PASSWORD_EXPIRED], ...passwordExpired },
    {
      in: ['code'],
      kind: 'bad-totp',
      words: codeWords,
      message:
        'Kotak did not accept the TOTP code, or not the mobile number and client code that came with it.',
      next:
        'Compare the code here with your authenticator app, and the other two with your Neo profile. ' +
        'If the codes differ, enter the TOTP setup key again.',
    },
    {
      in: ['mpin'],
      kind: 'bad-credentials',
      words: /\b(m?pin|passcode|password|credentials?)\b/i,
      message: 'Kotak refused this MPIN.',
      next: 'Try the same MPIN in the Kotak Neo app. If it works there, enter it here again. Until then TokenTray won’t log in.',
    },
    {
      in: login,
      kind: 'bad-credentials',
      words: new RegExp(`\\b(mobile|ucc|client)\\b|${passwordWords.source}`, 'i'),
      message: 'Kotak did not accept this mobile number and client code.',
      next: 'Compare both with your Neo profile and change them here. The client code is not the numeric one.',
    },
    { in: later, kind: 'token-expired', statuses: [401] },
    { in: ['code'], kind: 'app-config', statuses: [403] },
  ],
  texts: {
    'app-config': {
      message: 'Kotak did not accept the access token (consumer key).',
      next: 'Copy it from the API Dashboard in Kotak Neo and enter it here again. A reset there ends the old one.',
    },
    'account-locked': { next: 'Unlock it in the Kotak Neo app, then enter the MPIN here again.' },
  },
}
