import * as z from 'zod/mini'
import { Secret } from '../../secret.ts'
import { withPath } from '../address.ts'
import type { Broker, CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { held } from '../held.ts'
import { password, totpSecret, userId } from '../kite/fields.ts'
import { readData } from '../kite/replies.ts'
import { assertLoginOf, assertTokenOf } from '../kite/same-user.ts'
import { signIn, signInSteps } from '../kite/sign-in.ts'
import { enctokenIn, lastCookie } from './enctoken.ts'

const ProfileData = z.object({ user_id: z.string() })

/**
 * The session of Kite itself, whose token is its `enctoken` cookie. Nothing of it is documented by Zerodha; the
 * addresses and the header are those of https://github.com/jugaad-py/jugaad-trader
 */
export const kiteWeb: Broker = {
  id: 'kite-web',
  name: 'Zerodha Kite web session',
  initials: 'KW',
  colour: '#b5472c',
  fields: [userId, password, totpSecret],
  identity: 'user_id',
  sharesLoginWith: ['kite-connect'],
  codesAlone: true,
  endsOtherSessions: true,
  // The documented API's host, api.kite.trade, takes no enctoken.
  endpoints: { web: 'https://kite.zerodha.com' },
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
  // Kite signs everybody out once a day, at an hour that Zerodha does not name, and whenever Kite is opened elsewhere.
  expiresAt: () => null,
  login,
  probe,
  revoke,
}

async function login(context: LoginContext): Promise<TokenBundle> {
  const reply = await signIn(context, 'kite-web')
  const userId = context.setting('user_id')
  assertLoginOf(userId, lastCookie(reply, 'user_id'))
  return { enctoken: new Secret(enctokenIn(reply)), user_id: new Secret(userId) }
}

async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  const reply = await context.http.send({
    method: 'GET',
    url: withPath(context.endpoint('web'), '/oms/user/profile'),
    headers: { Authorization: `enctoken ${held(token, 'enctoken')}` },
  })
  assertTokenOf(context.setting('user_id'), readData(reply, 'enctoken', ProfileData).user_id)
}

/** Logs out as Kite's page does. No source tells what it answers, so any answer will do. */
async function revoke(context: CallContext, token: TokenBundle): Promise<void> {
  await context.http.send({
    method: 'GET',
    url: withPath(context.endpoint('web'), '/logout'),
    headers: { Cookie: `enctoken=${held(token, 'enctoken')}; user_id=${context.setting('user_id')}` },
  })
}
