import { endOfIstDay, jwtExpiry } from '../../time/expiry.ts'
import type { Broker, TokenBundle } from '../broker.ts'
import { DOMAIN } from '../kotak/refusal-code.ts'
import { fields } from './fields.ts'

/** Loads the calls on first use, so that start-up stays short. */
const calls = () => import('./calls.ts')

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
  tokenFields: ['token', 'sid', 'base_url', 'consumer_key'],
  optionalTokenFields: ['data_center', 'rid', 'ucc', 'feed_url', 'rt_url'],
  exports: {
    token: 'KOTAK_NEO_TOKEN',
    sid: 'KOTAK_NEO_SID',
    base_url: 'KOTAK_NEO_BASE_URL',
    consumer_key: 'KOTAK_NEO_CONSUMER_KEY',
    data_center: 'KOTAK_NEO_DATA_CENTER',
    rid: 'KOTAK_NEO_RID',
    ucc: 'KOTAK_NEO_UCC',
    feed_url: 'KOTAK_NEO_FEED_URL',
    rt_url: 'KOTAK_NEO_RT_URL',
  },
  expiresAt,
  // https://www.kotakneo.com/platform/kotak-neo-trade-api/static-ip-details and Kotak's own client
  replyCodes: ['1003', '1037', '5203', '10512', '10522', '100008', '100022', '900901'],
  load: calls,
  login: async (context) => (await calls()).login(context),
  probe: async (context, token) => (await calls()).probe(context, token),
  addresses: async (context, token) => (await calls()).addresses(context, token),
  // Kotak documents no call to revoke. A reset of the access token in the API Dashboard ends every session.
  revoke: null,
}

/**
 * Returns the expiry in the token, at midnight in those seen
 * (https://github.com/Kotak-Neo/kotak-neo-api/blob/main/docs/session_2fa.md). No token outlives midnight, because
 * every API session has to be logged out before the next trading day (NSE/INVG/67858, 5 May 2025).
 */
function expiresAt(issuedAt: number, { token }: TokenBundle): number {
  const expiry = token === undefined ? null : jwtExpiry(token)
  return Math.min(expiry ?? Infinity, endOfIstDay(issuedAt))
}
