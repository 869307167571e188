import * as z from 'zod/mini'
import { Secret } from '../../secret.ts'
import { tokenField, withPath } from '../kit/replies.ts'
import type { CallContext, LoginContext, TokenBundle } from '../broker.ts'
import { readData } from '../kite/replies.ts'
import { assertLoginOf, assertTokenOf } from '../kit/bundles.ts'
import { signIn } from '../kite/sign-in.ts'
import { enctokenIn, lastCookie } from './enctoken.ts'

const ProfileData = z.object({ user_id: z.string() })

export async function login(context: LoginContext): Promise<TokenBundle> {
  const reply = await signIn(context, 'kite-web')
  const userId = context.setting('user_id')
  assertLoginOf(userId, lastCookie(reply, 'user_id'))
  return { enctoken: new Secret(enctokenIn(reply)), user_id: new Secret(userId) }
}

export async function probe(context: CallContext, token: TokenBundle): Promise<void> {
  const reply = await context.http.send({
    method: 'GET',
    url: withPath(context.endpoint('web'), '/oms/user/profile'),
    headers: { Authorization: `enctoken ${tokenField(token, 'enctoken')}` },
  })
  assertTokenOf(context.setting('user_id'), readData(reply, 'enctoken', ProfileData).user_id)
}

/** Logs out as Kite's page does. The reply is undocumented, so any reply counts as success. */
export async function revoke(context: CallContext, token: TokenBundle): Promise<void> {
  await context.http.send({
    method: 'GET',
    url: withPath(context.endpoint('web'), '/logout'),
    headers: { Cookie: `enctoken=${tokenField(token, 'enctoken')}; user_id=${context.setting('user_id')}` },
  })
}
