import type { Broker } from '../broker.ts'
import { password, totpSecret, userId } from '../kite/fields.ts'
import { errorTypes, signInSteps } from '../kite/sign-in-steps.ts'

/** Loads the calls on first use, so that start-up stays short. */
const calls = () => import('./calls.ts')

/**
 * Describes the web session of Kite, whose token is the `enctoken` cookie. Zerodha documents none of it; the
 * addresses and the header are those of https://github.com/jugaad-py/jugaad-trader
 */
export const kiteWeb: Broker = {
  id: 'kite-web',
  name: 'Zerodha Kite web session',
  initials: 'ZW',
  colour: '#2a6fb0',
  fields: [userId, password, totpSecret],
  identity: 'user_id',
  sharesLoginWith: ['kite-connect'],
  codesAlone: true,
  endsOtherSessions: true,
  // api.kite.trade, the host of the documented API, takes no enctoken.
  endpoints: { web: 'https://kite.zerodha.com' },
  pages: { login: 'https://kite.zerodha.com' },
  terms: {
    label: 'staff say not allowed',
    sentence:
      'This is not Zerodha’s documented API: TokenTray signs in to Kite as if it were you in a browser. Kite keeps ' +
      'one web session, so each login here logs your open Kite tab out, and opening or reloading Kite in a browser ' +
      'ends the token. Zerodha’s staff have written that automating the login is not allowed and that using Kite ' +
      'in this way is against the terms of use. TokenTray will log in for you all the same, at your own risk.',
    source:
      'Kite Connect developer forum, kite.trade/forum (staff comments 4094, 31247 and 38502); ' +
      'github.com/iRavinderBrar/Kite_Zerodha/issues/9',
  },
  steps: [...signInSteps, { id: 'probe', label: 'Trying the enctoken' }],
  tokenFields: ['enctoken', 'user_id'],
  // The names in traders' own .env files.
  exports: { enctoken: 'KITE_ENCTOKEN', user_id: 'KITE_USER_ID' },
  // Kite ends every session once a day at an undocumented hour, and whenever Kite is opened elsewhere.
  expiresAt: () => null,
  replyCodes: errorTypes,
  load: calls,
  login: async (context) => (await calls()).login(context),
  probe: async (context, token) => (await calls()).probe(context, token),
  revoke: async (context, token) => (await calls()).revoke(context, token),
}
