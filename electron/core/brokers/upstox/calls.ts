import * as z from 'zod/mini'
import { asking, LoginError } from '../../errors.ts'
import type { HttpReply } from '../../ports.ts'
import type { BrokerAddresses, CallContext, LoginContext, OwnerContext, TokenBundle } from '../broker.ts'
import { assertLoginOf, assertTokenOf, bundleOf } from '../kit/bundles.ts'
import { Text, tokenField, withPath } from '../kit/replies.ts'
import { openDialog } from './dialog.ts'
import { LoginPage } from './login-page.ts'
import { approveApp, sendCode, sendNumber, sendPin } from './page-steps.ts'
import { OptionalUserId } from './profiles.ts'
import { answerIn, codeIn } from './redirect.ts'
import { readReply } from './replies.ts'

const Session = z.object({ access_token: Text, user_id: OptionalUserId })
const Profile = z.object({ status: z.literal('success'), data: z.object({ user_id: z.string() }) })

/** https://upstox.com/developer/api-documentation/get-app-static-ips */
const Registered = z.object({
  status: z.literal('success'),
  data: z.object({ primary_ip: z.nullish(z.string()), secondary_ip: z.nullish(z.string()) }),
})
const LoggedOut = z.object({ status: z.literal('success') })

export async function login(context: LoginContext): Promise<TokenBundle> {
  context.report('open')
  const names = await openDialog(context)
  const page = new LoginPage(context)
  await next(context, 'number')
  const otpToken = await sendNumber(context, page, names)
  await next(context, 'code')
  const { profile, userId } = await sendCode(context, page, otpToken, names)
  await next(context, 'pin')
  const early = await sendPin(context, page, names, profile)
  if (early === null) await next(context, 'approve')
  const code = early ?? (await approveApp(context, page, names))
  await next(context, 'exchange')
  return exchange(context, code, userId)
}

export async function finish(context: LoginContext, end: URL): Promise<TokenBundle> {
  context.report('exchange')
  const code = codeIn(context, end)
  if (code !== null) return exchange(context, code, context.setting('user_id'))
  const words = answerIn(context, end, 'error_description') ?? answerIn(context, end, 'error')
  throw new LoginError('consent-required', {
    message: 'The login ended without approval for your app.',
    next: asking('login', 'Log in again and approve the app on Upstox’s page.'),
    ...(words !== null && { brokerWords: words }),
  })
}

export function refuse(_context: CallContext, reply: HttpReply): never {
  readReply(reply, 'open', z.unknown())
  throw new LoginError('protocol-changed')
}

async function next(context: LoginContext, step: string): Promise<void> {
  await context.pause(Number(context.setting('delay_ms')))
  context.report(step)
}

/** @param userId the expected owner of the token; empty when unknown */
async function exchange(context: LoginContext, code: string, userId: string): Promise<TokenBundle> {
  const reply = await context.http.send({
    method: 'POST',
    url: withPath(context.endpoint('api'), '/v2/login/authorization/token'),
    headers: { accept: 'application/json' },
    withoutCookies: true,
    form: {
      code,
      client_id: context.setting('client_id'),
      client_secret: context.secret('client_secret').reveal(),
      redirect_uri: context.setting('redirect_uri'),
      grant_type: 'authorization_code',
    },
  })
  const session = readReply(reply, 'exchange', Session)
  const token = bundleOf({ access_token: session.access_token })
  const owner = session.user_id ?? (await profileUser(context, token))
  for (const expected of [userId, context.tokenUser()]) assertLoginOf(expected, owner ?? undefined)
  if (owner !== null) context.learnTokenUser(owner)
  return token
}

/** Returns the user ID in the profile; null where Upstox does not show it, which the probe reports. */
async function profileUser(context: CallContext, token: TokenBundle): Promise<string | null> {
  try {
    return (await callWith(token, context, 'GET', '/v2/user/profile', Profile)).data.user_id
  } catch (error) {
    if (error instanceof LoginError) return null
    throw error
  }
}

/**
 * Asks for the profile. Upstox may restrict this call to the registered address, which does not make the token invalid
 * (https://upstox.com/developer/api-documentation/analytics-token). No call is documented to be without this limit.
 * @throws LoginError `token-expired` for another user's token, others as Upstox answers
 */
export async function probe(context: OwnerContext, token: TokenBundle): Promise<void> {
  const { user_id } = (await callWith(token, context, 'GET', '/v2/user/profile', Profile)).data
  assertTokenOf(context.tokenUser() || context.setting('user_id'), user_id)
  context.learnTokenUser(user_id)
}

export async function addresses(context: CallContext, token: TokenBundle): Promise<BrokerAddresses> {
  const { primary_ip, secondary_ip } = (await callWith(token, context, 'GET', '/v2/user/ip', Registered)).data
  return { seen: null, registered: [primary_ip ?? '', secondary_ip ?? ''].filter(isAddress) }
}

/** Checks loosely, because the address is only shown. */
const isAddress = (text: string): boolean => /^[\da-f.:]{3,45}$/i.test(text)

export async function revoke(context: CallContext, token: TokenBundle): Promise<void> {
  await callWith(token, context, 'DELETE', '/v2/logout', LoggedOut)
}

async function callWith<T>(
  token: TokenBundle,
  context: CallContext,
  method: 'GET' | 'DELETE',
  path: string,
  schema: z.ZodMiniType<T>,
): Promise<T> {
  const reply = await context.http.send({
    method,
    url: withPath(context.endpoint('api'), path),
    headers: { accept: 'application/json', Authorization: `Bearer ${tokenField(token, 'access_token')}` },
    withoutCookies: true,
  })
  return readReply(reply, 'token', schema)
}
