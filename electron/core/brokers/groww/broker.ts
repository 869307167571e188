import { istMoment, nextIstHour } from '../../time/expiry.ts'
import type { Broker } from '../broker.ts'
import { appSecret, hintUnless, totpSecret } from '../kit/fields.ts'
import { lazyCalls } from '../kit/lazy-calls.ts'
import { documentedLogin, envOf, exportsOf } from '../kit/names.ts'

const calls = () => import('./calls.ts')
const tokenFields = ['access_token'] as const
const optionalTokenFields = ['expiry', 'token_ref_id']
const DAY_MS = 24 * 60 * 60_000

/** Describes Groww by the login with TOTP that it documents for programs: https://groww.in/trade-api/docs */
export const groww: Broker = {
  id: 'groww',
  name: 'Groww',
  initials: 'GR',
  colour: '#4655d1',
  fields: [
    appSecret({
      name: 'api_key',
      label: 'API key (TOTP token)',
      help:
        'At groww.in/trade-api/api-keys: Generate TOTP token, in the menu beside Generate API key. It is long and ' +
        'begins with eyJ. A key that needs your approval each day is another kind.',
      ...envOf('GROWW', 'API_KEY APIKEY'),
      hint: hintUnless(
        /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/,
        'does not look like Groww’s, which begins with eyJ and has two dots; it is kept as it is',
      ),
    }),
    totpSecret({
      help: 'Shown beside the QR code when you generate the TOTP token at groww.in/trade-api/api-keys.',
      ...envOf('GROWW', 'TOTP_SECRET TOTP_KEY TOTP_SEED TOTP'),
    }),
  ],
  // No ID is asked for. The key is no setting, so attempts count for the account alone.
  identity: 'api_key',
  endpoints: { api: 'https://api.groww.in' },
  pages: { login: 'https://groww.in', developers: 'https://groww.in/trade-api/api-keys' },
  terms: documentedLogin(
    'Groww',
    'API key and your TOTP secret',
    'Groww Trade API documents, “TOTP flow”: groww.in/trade-api/docs',
  ),
  loginLimits: [
    { logins: 30, withinMs: 60_000 },
    { logins: 150, withinMs: DAY_MS },
  ],
  steps: [
    { id: 'login', label: 'Checking API key and TOTP code' },
    { id: 'probe', label: 'Trying the token' },
  ],
  tokenFields,
  optionalTokenFields,
  exports: exportsOf('GROWW', [...tokenFields, ...optionalTokenFields]),
  // By the reply's own word, or else at six as documented. An end without a zone is India's.
  expiresAt: (issuedAt, { expiry }) =>
    (expiry === undefined ? null : istMoment(expiry.reveal())) ?? nextIstHour(issuedAt, 6),
  replyCodes: ['GA000', 'GA001', 'GA003', 'GA004', 'GA005', 'GA006'],
  ...lazyCalls(calls),
  revoke: null,
}
