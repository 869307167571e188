import { asking } from '../../errors.ts'
import type { RefusalTable } from '../kit/refusals.ts'
import { codeWords, entryStatuses, passwordWords } from '../kit/refusal-words.ts'

/**
 * The calls that answer with Kite's JSON envelope; the same refusal has another meaning in each. A `typed-code` comes
 * from the user, a `code` from the TOTP secret.
 */
export type KiteCall =
  | 'open'
  | 'password'
  | 'code'
  | 'typed-code'
  | 'finish'
  | 'exchange'
  | 'token'
  | 'enctoken'

const codes = ['code', 'typed-code'] as const
const tokens = ['token', 'enctoken'] as const

/** Matches words about something, unless they are about a captcha or a missing field, which judge nothing. */
const unlessAboutForm = (what: string): RegExp =>
  new RegExp(`^(?!.*(captcha|\\b(missing|empty|required)\\b))(?=.*(${what}))`, 'is')

const apiKey = '\\bapi[ _-]?key\\b'

const codeRefused = {
  message: 'That code was wrong.',
  next: asking(
    'login',
    'Log in again and type the newest code. If the app’s codes never work, turn on automatic time on your phone.',
  ),
}

/** The engine retries such a login once, which is free, because Kite has just accepted the password. */
const loginGone = {
  in: codes,
  kind: 'token-expired',
  statuses: entryStatuses,
  last: true,
  notJudged: true,
  message: 'Kite had ended this login before it looked at the code.',
  next: 'Log in again.',
} as const

const appRefused = {
  message: 'Zerodha refused the app’s API key.',
  next: asking(
    'developers',
    'Look at the app at developers.kite.trade: renew its subscription if it has ended, and compare the API key.',
  ),
}

/**
 * What Kite's refusals mean. Words and status decide, because Kite's types are inexact: the same wrong password has
 * come as UserException, InputException and GeneralException. A type decides only where it is known to be exact:
 * https://kite.trade/docs/connect/v3/exceptions/
 */
export const refusals: RefusalTable<KiteCall> = {
  carries: { password: ['password'], code: ['code'], 'typed-code': ['code'] },
  rows: [
    { kind: 'broker-down', codes: ['NetworkException', 'DataException'], statuses: entryStatuses },
    { in: codes, kind: 'second-factor-mismatch', words: /2fa type/i, last: true },
    // Kite no longer knows the login of a code, as in "Session expired or invalid" and "Invalid `request_id`".
    { ...loginGone, words: /\bsession\b|request.?id\b/i },
    { ...loginGone, codes: ['TokenException'], words: new RegExp(`^(?!.*${codeWords.source})`, 'is') },
    { in: ['code'], kind: 'bad-totp', codes: ['TwoFAException'], words: unlessAboutForm('') },
    { in: ['code'], kind: 'bad-totp', words: codeWords },
    {
      in: ['typed-code'],
      kind: 'bad-totp',
      codes: ['TwoFAException'],
      words: unlessAboutForm(''),
      ...codeRefused,
    },
    { in: ['typed-code'], kind: 'bad-totp', words: codeWords, ...codeRefused },
    {
      in: ['password'],
      kind: 'bad-credentials',
      words: passwordWords,
      message: 'Zerodha refused this user ID or password.',
      next: 'Try the same ones at kite.zerodha.com. If they work there, enter them here again. Until then TokenTray won’t log in.',
    },
    {
      in: ['open', 'finish'],
      kind: 'app-config',
      words: unlessAboutForm(`${apiKey}|\\bapp(lication)?\\b`),
      last: true,
      ...appRefused,
    },
    {
      in: ['exchange'],
      kind: 'app-config',
      words: /checksum/i,
      last: true,
      message: 'Kite did not accept the API secret together with the API key.',
      next: 'Compare both with the app at developers.kite.trade and change them here.',
    },
    // Kite also sends this for a lapsed subscription.
    { in: ['exchange'], kind: 'app-config', words: new RegExp(apiKey, 'i'), last: true, ...appRefused },
    {
      in: ['exchange'],
      kind: 'token-expired',
      message: 'The broker did not take the request token: it works once and for a few minutes only.',
      next: 'Log in again.',
    },
    { in: tokens, kind: 'token-expired', codes: ['TokenException'], last: true },
    {
      in: tokens,
      kind: 'token-expired',
      words: /\b(access_?token|session)\b/i,
      statuses: [401, 403],
      last: true,
    },
    // Kite has answered 400 to an expired enctoken (https://github.com/BennyThadikaran/Kite-Trader/issues/1), and the
    // request holds nothing else that could be wrong.
    { in: ['enctoken'], kind: 'token-expired', statuses: [400] },
  ],
  texts: {
    'bot-wall': { message: 'Zerodha wants to see a human first.' },
    'app-config': {
      message: 'Kite does not let this user ID use the app.',
      next: asking('developers', 'Add the user ID to the app at developers.kite.trade.'),
    },
  },
}
