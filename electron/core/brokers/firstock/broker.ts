import { endOfIstDay } from '../../time/expiry.ts'
import type { Broker } from '../broker.ts'
import { appSecret, hintUnless, password, setting, totpSecret, userId } from '../kit/fields.ts'
import { lazyCalls } from '../kit/lazy-calls.ts'
import { documentedLogin, envOf, exportsOf } from '../kit/names.ts'

const calls = () => import('./calls.ts')
const prefixes = 'FIRSTOCK THEFIRSTOCK'
const tokenFields = ['jkey', 'user_id'] as const

/** Describes Firstock by the login that it documents for programs: https://firstock.in/api/docs/login/ */
export const firstock: Broker = {
  id: 'firstock',
  name: 'Firstock',
  initials: 'FI',
  colour: '#1b7a5a',
  fields: [
    userId({
      name: 'user_id',
      label: 'User ID',
      help: 'What you log in to Firstock with, such as AB1234. It is in the app under your profile.',
      ...envOf(prefixes, 'USER_ID USERID CLIENT_ID CLIENT_CODE UID'),
      example: 'AB1234',
      hint: hintUnless(/^[A-Z]{2}\d{4}$/, 'does not look like AB1234, as Firstock’s do; it is kept as it is'),
    }),
    password({
      name: 'password',
      label: 'Password',
      help: 'The password of your Firstock account, as you type it. Only its SHA-256 is sent.',
      ...envOf(prefixes, 'PASSWORD PWD'),
      hint: (typed) =>
        /^[0-9a-f]{64}$/i.test(typed)
          ? 'looks like a SHA-256; the password itself is needed, and is kept as it is'
          : null,
    }),
    totpSecret({
      help: 'Shown beside the QR code where you enable TOTP for your Firstock login. Not the six digits of a code.',
      ...envOf(prefixes, 'TOTP_SECRET TOTP_KEY TOTP'),
    }),
    setting({
      name: 'vendor_code',
      label: 'Vendor code',
      help: 'Shown beside the API key. It is mostly your user ID with _API behind it, such as AB1234_API.',
      ...envOf(prefixes, 'VENDOR_CODE VENDORCODE VC'),
      hint: hintUnless(/^\w+_API$/, 'does not end in _API, as Firstock’s do; it is kept as it is'),
    }),
    appSecret({
      name: 'api_key',
      label: 'API key',
      help: 'At connect.thefirstock.com in your profile, under API Key.',
      ...envOf(prefixes, 'API_KEY APIKEY'),
      hint: hintUnless(
        /^[0-9a-f]{32}$/,
        'does not have the 32 hexadecimal digits of Firstock’s; it is kept as it is',
      ),
    }),
  ],
  identity: 'user_id',
  endpoints: { api: 'https://api.firstock.in/V1' },
  pages: { login: 'https://connect.thefirstock.com' },
  terms: documentedLogin(
    'Firstock',
    'password and your TOTP secret',
    'Firstock API documents, “Login”: firstock.in/api/docs/login',
  ),
  steps: [
    { id: 'login', label: 'Checking password and TOTP code' },
    { id: 'probe', label: 'Trying the key' },
  ],
  // What Firstock's own clients keep: the key by user ID.
  tokenFields,
  exports: exportsOf('FIRSTOCK', tokenFields),
  // Not documented. No key is relied on past midnight, because every API session has to be logged out before the next
  // trading day (NSE/INVG/67858, 5 May 2025).
  expiresAt: (issuedAt) => endOfIstDay(issuedAt),
  // https://firstock.in/api/docs/exception-errors/
  replyCodes: [
    ...['INVALID_PASSWORD', 'INVALID_CREDENTIALS', 'INVALID_USERID', 'INVALID_JKEY', 'MISSING_FIELD'],
    ...['BAD_REQUEST', 'FORBIDDEN', 'RATE_LIMIT_EXCEEDED', 'TOO_MANY_REQUESTS', 'RESOURCE_NOT_FOUND'],
  ],
  ...lazyCalls(calls),
  revoke: async (context, token) => (await calls()).revoke(context, token),
}
