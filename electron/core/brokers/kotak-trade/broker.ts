import { endOfIstDay } from '../../time/expiry.ts'
import type { Broker } from '../broker.ts'
import { DOMAIN } from '../kotak/refusal-code.ts'
import { fields } from './fields.ts'

/** Loads the calls on first use, so that start-up stays short. */
const calls = () => import('./calls.ts')

/**
 * Describes Kotak's Trade API, the predecessor of Neo, as its clients use it
 * (https://github.com/osparamatrix/ks-orderapi-python and https://github.com/paramatrixtech/ksapi). Legacy and never
 * tried at Kotak, because no login is known to have worked since Neo came.
 */
export const kotakTrade: Broker = {
  id: 'kotak-trade',
  name: 'Kotak Trade API (legacy, unverified)',
  initials: 'KT',
  colour: '#5d6470',
  fields,
  identity: 'userid',
  asksForCode: ({ asks_access_code: asks }) => asks === 'yes',
  endpoints: { api: `https://tradeapi.${DOMAIN}/apim`, moved: `https://ctradeapi.${DOMAIN}/apim` },
  domains: [DOMAIN],
  pages: { login: `https://tradeapi.${DOMAIN}/devportal` },
  terms: {
    label: 'documented machine login',
    sentence:
      'Legacy and unverified: Kotak has replaced this API with Kotak Neo, it probably no longer works, and nobody ' +
      'could try this login. Its documents allowed programs to log in. Use Kotak Neo unless Kotak told you otherwise.',
    source: 'Kotak’s Trade API client, github.com/osparamatrix/ks-orderapi-python (docs/SessionApi.md)',
  },
  steps: [
    { id: 'open', label: 'Opening a session' },
    { id: 'password', label: 'Checking the password' },
    { id: 'session', label: 'Getting the session token' },
    { id: 'probe', label: 'Trying the session token' },
  ],
  tokenFields: ['session_token', 'access_token', 'consumer_key', 'host'],
  exports: {
    session_token: 'KOTAK_TRADE_SESSION_TOKEN',
    access_token: 'KOTAK_TRADE_ACCESS_TOKEN',
    consumer_key: 'KOTAK_TRADE_CONSUMER_KEY',
    host: 'KOTAK_TRADE_HOST',
    userid: 'KOTAK_TRADE_USERID',
  },
  // Kotak does not document when a session ends. The access code changes daily, so a session lasts a day at most;
  // the probe detects an earlier end.
  expiresAt: (issuedAt) => endOfIstDay(issuedAt),
  load: calls,
  login: async (context) => (await calls()).login(context),
  probe: async (context, token) => (await calls()).probe(context, token),
  revoke: async (context, token) => (await calls()).revoke(context, token),
}
