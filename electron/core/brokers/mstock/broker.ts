import { earliest, endOfIstDay, jwtExpiry } from '../../time/expiry.ts'
import type { Broker } from '../broker.ts'
import { appSecret, password, totpSecret, userId } from '../kit/fields.ts'
import { lazyCalls } from '../kit/lazy-calls.ts'
import { documentedLogin, envOf, exportsOf } from '../kit/names.ts'

const calls = () => import('./calls.ts')
const prefixes = 'MSTOCK MIRAE'
const tokenFields = ['jwt_token', 'api_key', 'client_code'] as const
const optionalTokenFields = ['feed_token', 'refresh_token']

/**
 * Describes mStock by the login that its API of type B documents for programs:
 * https://tradingapi.mstock.com/docs/v1/typeB/User/
 */
export const mstock: Broker = {
  id: 'mstock',
  name: 'mStock',
  initials: 'MS',
  colour: '#b8501a',
  fields: [
    appSecret({
      name: 'api_key',
      label: 'API key',
      help: 'At trade.mstock.com under Products, Trading APIs. It has to be a key of type B.',
      ...envOf(prefixes, 'API_KEY APIKEY PRIVATE_KEY'),
    }),
    userId({
      name: 'client_code',
      label: 'Client code',
      help: 'What you log in to mStock with, such as MA1234567. It is in the app under your profile.',
      ...envOf(prefixes, 'CLIENT_CODE CLIENTCODE CLIENT_ID USER_ID USERNAME'),
      example: 'MA1234567',
    }),
    password({
      name: 'password',
      label: 'Password',
      help: 'The password of your mStock account.',
      ...envOf(prefixes, 'PASSWORD'),
    }),
    totpSecret({
      help: 'Shown at trade.mstock.com under Products, Trading APIs, Enable TOTP. Not the six digits of a code.',
      ...envOf(prefixes, 'TOTP_SECRET TOTP_KEY TOTP'),
    }),
  ],
  identity: 'client_code',
  endpoints: { api: 'https://api.mstock.trade' },
  pages: { login: 'https://trade.mstock.com' },
  terms: documentedLogin(
    'mStock',
    'password and your TOTP secret',
    'mStock Trading API, type B, “User”: tradingapi.mstock.com/docs/v1/typeB/User',
  ),
  steps: [
    { id: 'login', label: 'Checking the password' },
    { id: 'verify', label: 'Checking the TOTP code' },
    { id: 'probe', label: 'Trying the token' },
  ],
  // The names of mStock's own clients.
  tokenFields,
  optionalTokenFields,
  exports: exportsOf('MSTOCK', [...tokenFields, ...optionalTokenFields]),
  // "valid till 12:00 AM of generated day". The documents name no zone; midnight in India is the earlier one.
  expiresAt: (issuedAt, { jwt_token: token }) =>
    earliest(endOfIstDay(issuedAt), token === undefined ? null : jwtExpiry(token)),
  replyCodes: ['MA400', 'MA500', 'IA401', 'IA403', 'TokenException', 'APIKeyException'],
  ...lazyCalls(calls),
  revoke: async (context, token) => (await calls()).revoke(context, token),
}
