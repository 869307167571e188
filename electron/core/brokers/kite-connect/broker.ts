import { nextIstHour } from '../../time/expiry.ts'
import type { Broker } from '../broker.ts'
import { envNames } from '../env-names.ts'
import { checkRedirectUrl } from '../kit/redirect-url.ts'
import { password, totpSecret, userId } from '../kite/fields.ts'
import { errorTypes, signInSteps } from '../kite/sign-in-steps.ts'
import { connectUrl, isEnd } from './sign-in-page.ts'

/** Loads the calls on first use, so that start-up stays short. */
const calls = () => import('./calls.ts')

/**
 * Describes Zerodha Kite Connect. https://kite.trade/docs/connect/v3/user/ documents the token exchange, its
 * checksum, the profile and the revocation; the earlier steps are those of Kite's own login page.
 */
export const kiteConnect: Broker = {
  id: 'kite-connect',
  name: 'Zerodha Kite Connect',
  initials: 'ZE',
  colour: '#e25f35',
  fields: [
    {
      name: 'api_key',
      kind: 'setting',
      label: 'API key',
      help: 'At developers.kite.trade, on your app’s page.',
      env: 'KITE_API_KEY',
      aliases: [...envNames('KITE ZERODHA', 'API_KEY APIKEY'), 'BROKER_API_KEY'],
    },
    {
      name: 'api_secret',
      kind: 'secret',
      label: 'API secret',
      help: 'At developers.kite.trade, on your app’s page, under “Show API secret”.',
      env: 'KITE_API_SECRET',
      aliases: [...envNames('KITE ZERODHA', 'API_SECRET APISECRET SECRET'), 'BROKER_API_SECRET'],
    },
    userId,
    password,
    totpSecret,
    {
      name: 'redirect_url',
      kind: 'setting',
      label: 'Redirect URL',
      help: 'For signing in yourself: as your app’s page has it, so that no other address ends it. Never opened.',
      env: 'KITE_REDIRECT_URL',
      aliases: envNames('KITE ZERODHA', 'REDIRECT_URI'),
      optional: true,
      loginOnly: true,
      normalise: checkRedirectUrl,
    },
  ],
  identity: 'user_id',
  sharesLoginWith: ['kite-web'],
  codesAlone: true,
  endpoints: { web: 'https://kite.zerodha.com', api: 'https://api.kite.trade' },
  pages: { login: 'https://kite.zerodha.com', developers: 'https://developers.kite.trade' },
  terms: {
    label: 'staff say not allowed',
    sentence:
      'Zerodha’s staff have written that a trader has to log in by hand once a day and that automating the login ' +
      'is not allowed. TokenTray will log in for you all the same, at your own risk.',
    source: 'Kite Connect developer forum, kite.trade/forum (staff comments 4094 and 31247)',
  },
  steps: [
    { id: 'open', label: 'Opening Kite Connect' },
    ...signInSteps,
    { id: 'request-token', label: 'Getting the request token' },
    { id: 'exchange', label: 'Exchanging it for an access token' },
    { id: 'probe', label: 'Trying the access token' },
  ],
  tokenFields: ['access_token'],
  // The names in the examples of https://github.com/zerodha/pykiteconnect and in traders' own .env files.
  exports: { api_key: 'KITE_API_KEY', access_token: 'KITE_ACCESS_TOKEN' },
  // "expires at 6 AM on the next day": https://kite.trade/docs/connect/v3/user/#response-attributes
  expiresAt: (issuedAt) => nextIstHour(issuedAt, 6),
  replyCodes: errorTypes,
  load: calls,
  login: async (context) => (await calls()).login(context),
  // The flow that Kite's documents recommend for desktop apps: https://kite.trade/docs/connect/v3/apps/
  assisted: {
    page: connectUrl,
    isEnd,
    finish: async (context, end) => (await calls()).finish(context, end),
    refuse: async (context, reply) => (await calls()).refuse(context, reply),
  },
  probe: async (context, token) => (await calls()).probe(context, token),
  revoke: async (context, token) => (await calls()).revoke(context, token),
}
