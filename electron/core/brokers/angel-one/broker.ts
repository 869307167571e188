import { earliest, endOfIstDay, jwtExpiry } from '../../time/expiry.ts'
import type { Broker } from '../broker.ts'
import { appSecret, hintUnless, pin, totpSecret, userId } from '../kit/fields.ts'
import { lazyCalls } from '../kit/lazy-calls.ts'
import { documentedLogin, envOf, exportsOf } from '../kit/names.ts'

const calls = () => import('./calls.ts')
const prefixes = 'ANGEL_ONE ANGEL SMARTAPI ANGELONE'
const tokenFields = ['access_token', 'refresh_token', 'feed_token', 'api_key', 'client_code'] as const

/** Describes Angel One by the login that SmartAPI documents for programs: https://smartapi.angelone.in/docs/User */
export const angelOne: Broker = {
  id: 'angel-one',
  name: 'Angel One',
  initials: 'AO',
  colour: '#2f54a3',
  fields: [
    appSecret({
      name: 'api_key',
      label: 'API key',
      help: 'At smartapi.angelone.in under My Apps, on your app’s row.',
      ...envOf(prefixes, 'API_KEY APIKEY'),
      hint: hintUnless(
        /^\w{8}$/,
        'does not have the eight letters and digits of Angel One’s; it is kept as it is',
      ),
    }),
    userId({
      name: 'client_code',
      label: 'Client code',
      help: 'What you log in to Angel One with, such as A123456. It is in the app under Account.',
      ...envOf(prefixes, 'CLIENT_CODE CLIENT_ID CLIENTCODE USER_ID USERNAME'),
      example: 'A123456',
    }),
    pin({
      name: 'pin',
      label: 'PIN',
      help: 'The four-digit PIN (MPIN) that opens the Angel One app, not the trading password.',
      ...envOf(prefixes, 'PIN MPIN PASSWORD'),
      length: [4],
    }),
    totpSecret({
      help: 'Shown beside the QR code at smartapi.angelone.in/enable-totp.',
      ...envOf(prefixes, 'TOTP_SECRET TOTP_KEY TOTP_TOKEN TOTP'),
    }),
  ],
  identity: 'client_code',
  endpoints: { api: 'https://apiconnect.angelone.in' },
  pages: { login: 'https://smartapi.angelone.in' },
  terms: documentedLogin(
    'Angel One',
    'PIN and your TOTP secret',
    'SmartAPI documents, “User”: smartapi.angelone.in/docs/User',
  ),
  steps: [
    { id: 'login', label: 'Checking PIN and TOTP code' },
    { id: 'probe', label: 'Trying the token' },
  ],
  // The names of Angel One's own clients.
  tokenFields,
  exports: exportsOf('ANGEL_ONE', tokenFields),
  // The documents promise midnight. Tokens have named ends years away, and staff have posted longer lives:
  // https://smartapi.angelone.in/smartapi/forum/topic/3511
  expiresAt: (issuedAt, { access_token: token }) =>
    earliest(endOfIstDay(issuedAt), token === undefined ? null : jwtExpiry(token)),
  replyCodes: ['AB1004', 'AB1007', 'AB1050', 'AG8001', 'AG8002', 'AG8003', 'AG8004'],
  ...lazyCalls(calls),
  revoke: async (context, token) => (await calls()).revoke(context, token),
}
