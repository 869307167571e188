import * as z from 'zod/mini'
import type { HttpReply } from '../../ports.ts'
import type { LoginContext } from '../broker.ts'
import { password, totpSecret, userId } from './fields.ts'
import { Text, withPath } from '../kit/replies.ts'
import { readData } from './replies.ts'
import { chooseFactor, type OfferedFactors } from './second-factor.ts'

const LoginData = z.object({
  request_id: Text,
  twofa_type: z.string(),
  twofa_types: z.nullish(z.array(z.string())),
})

/** Whether a sign-in is for an app or for Kite itself. */
export type Purpose = 'app' | 'kite-web'

/**
 * Signs in at kite.zerodha.com as its own login page does: with the password, then with the second factor. This
 * folder holds the common parts of Zerodha's brokers. Zerodha does not document the two calls;
 * https://github.com/jugaad-py/jugaad-trader makes them as well.
 * @returns the reply to the second factor, which sets the session's cookies
 */
export async function signIn(context: LoginContext, purpose: Purpose): Promise<HttpReply> {
  context.report('password')
  const challenge = await sendPassword(context)
  context.report('code')
  return sendCode(context, challenge, purpose)
}

interface Challenge {
  readonly requestId: string
  readonly factors: OfferedFactors
}

async function sendPassword(context: LoginContext): Promise<Challenge> {
  const user = context.setting(userId.name)
  const secret = await context.spendPassword(password.name)
  const reply = await context.http.send({
    method: 'POST',
    url: withPath(context.endpoint('web'), '/api/login'),
    form: { user_id: user, password: secret, type: 'user_id' },
  })
  const data = readData(reply, 'password', LoginData)
  context.accepted('password')
  return { requestId: data.request_id, factors: { type: data.twofa_type, all: data.twofa_types ?? [] } }
}

async function sendCode(
  context: LoginContext,
  { requestId, factors }: Challenge,
  purpose: Purpose,
): Promise<HttpReply> {
  const hasTotpSecret = context.has(totpSecret.name)
  const { type, question } = chooseFactor(factors, { hasTotpSecret, canAsk: context.canAsk })
  const code = question === null ? await context.spendCode() : await context.askCode(question)
  const reply = await context.http.send({
    method: 'POST',
    url: withPath(context.endpoint('web'), '/api/twofa'),
    form: {
      user_id: context.setting(userId.name),
      request_id: requestId,
      twofa_value: code,
      twofa_type: type,
      // The login page of an app sends this, because an app needs no session in Kite.
      ...(purpose === 'app' && { skip_session: 'true' }),
    },
  })
  readData(reply, question === null ? 'code' : 'typed-code', z.unknown())
  context.accepted('code')
  return reply
}
