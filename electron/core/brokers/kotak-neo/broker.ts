import { earliest, endOfIstDay, jwtExpiry } from '../../time/expiry.ts'
import type { Broker } from '../broker.ts'
import { DOMAIN } from '../kotak/refusal-code.ts'
import { lazyCalls } from '../kit/lazy-calls.ts'
import { exportsOf } from '../kit/names.ts'
import { fields } from './fields.ts'

const calls = () => import('./calls.ts')
const tokenFields = ['token', 'sid', 'base_url', 'consumer_key'] as const
const optionalTokenFields = ['data_center', 'rid', 'ucc', 'feed_url', 'rt_url']

/**
 * Describes Kotak Neo by the login with TOTP and MPIN that Kotak documents for programs:
 * https://www.notion.so/Authentication-236da70d37e280aeb53ef48df17fc4eb
 */
export const kotakNeo: Broker = {
  id: 'kotak-neo',
  name: 'Kotak Neo',
  initials: 'KN',
  colour: '#d81f26',
  fields,
  identity: 'ucc',
  endpoints: { api: `https://mis.${DOMAIN}` },
  domains: [DOMAIN],
  pages: { login: 'https://www.kotakneo.com' },
  terms: {
    label: 'documented machine login',
    sentence:
      'Kotak documents this login for programs. It needs your MPIN and your TOTP setup key on one computer, where ' +
      'two factors are as good as one: whoever can use this computer can log in. Keeping both here is at your own risk.',
    source:
      'Kotak Securities Trade API, “Authentication”: notion.so/Authentication-236da70d37e280aeb53ef48df17fc4eb',
  },
  steps: [
    { id: 'code', label: 'Checking the TOTP code' },
    { id: 'mpin', label: 'Checking the MPIN' },
    { id: 'probe', label: 'Trying the session' },
  ],
  tokenFields,
  optionalTokenFields,
  exports: exportsOf('KOTAK_NEO', [...tokenFields, ...optionalTokenFields]),
  // The expiry in the token is midnight in those seen
  // (https://github.com/Kotak-Neo/kotak-neo-api/blob/main/docs/session_2fa.md). No token outlives midnight, because
  // every API session has to be logged out before the next trading day (NSE/INVG/67858, 5 May 2025).
  expiresAt: (issuedAt, { token }) =>
    earliest(endOfIstDay(issuedAt), token === undefined ? null : jwtExpiry(token)),
  // https://www.kotakneo.com/platform/kotak-neo-trade-api/static-ip-details and Kotak's own client
  replyCodes: ['1003', '1037', '5203', '10512', '10522', '100008', '100022', '900901'],
  ...lazyCalls(calls),
  addresses: async (context, token) => (await calls()).addresses(context, token),
  // Kotak documents no call to revoke. A reset of the access token in the API Dashboard ends every session.
  revoke: null,
}
