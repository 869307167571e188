import * as z from 'zod/mini'
import { base64Of } from '../../bytes.ts'
import { LoginError } from '../../errors.ts'
import type { LoginContext } from '../broker.ts'
import { isGone, redirectTarget } from '../kit/replies.ts'
import type { PageNames } from './dialog.ts'
import { dialogUrl } from './dialog-url.ts'
import { countryAndNumber } from './fields.ts'
import type { LoginPage } from './login-page.ts'
import { checkOnlyProfile, chooseProfile, ListedProfile, OptionalUserId, type Profile } from './profiles.ts'
import { codeIn, isRegistered } from './redirect.ts'
import { readReply } from './replies.ts'

const done = { success: z.literal(true) }
const Generated = z.object({
  ...done,
  data: z.object({ validateOTPToken: z.nullish(z.string()), isTotpEnabled: z.boolean() }),
})
const Verified = z.object({
  ...done,
  data: z.nullish(z.object({ accounts: z.nullish(z.array(ListedProfile)) })),
})
const VerifiedBefore = z.object({
  ...done,
  data: z.nullish(z.object({ userProfile: z.nullish(z.object({ userId: OptionalUserId })) })),
})
const Entered = z.object({
  ...done,
  data: z.nullish(z.object({ redirectUri: z.nullish(z.string()) })),
})
const Approved = z.object({
  ...done,
  data: z.object({ redirectUri: z.nullish(z.string()), isApproved: z.nullish(z.boolean()) }),
})

/** The user that the code has signed in. */
export interface SignedIn {
  /** The profile that the PIN call requires; null for the older generation of Upstox's login. */
  readonly profile: Profile | null
  /** Empty when neither Upstox nor the user names it. */
  readonly userId: string
}

/**
 * Begins the login of a mobile number. Upstox may send an SMS each time.
 * @returns the token that the code call requires
 */
export async function sendNumber(
  context: LoginContext,
  page: LoginPage,
  { userId }: PageNames,
): Promise<string> {
  const data = { ...countryAndNumber(context.setting('username')), userId }
  const reply = await page.post('/login/open/v6/auth/1fa/otp/generate', data)
  const { validateOTPToken, isTotpEnabled } = readReply(reply, 'number', Generated).data
  if (!isTotpEnabled) {
    throw new LoginError('second-factor-mismatch', {
      message: 'TOTP is not enabled for this Upstox account.',
      next:
        'Enable it in the Upstox app (Account, Profile, My Account, Time-based OTP), ' +
        'then enter its new secret here.',
    })
  }
  if (validateOTPToken == null || validateOTPToken === '') throw new LoginError('protocol-changed')
  return validateOTPToken
}

/**
 * Sends the code to the newer generation of the login. If that route is gone, no code was judged, so the same code
 * goes to the older generation.
 */
export async function sendCode(
  context: LoginContext,
  page: LoginPage,
  otpToken: string,
  { userId: owner }: PageNames,
): Promise<SignedIn> {
  const wanted = context.setting('user_id')
  // The reply spells this key `validateOTPToken`.
  const data = { otp: await context.spendCode(), validateOtpToken: otpToken }
  const reply = await page.post('/login/open/v5/auth/1fa/otp-totp/verify', data)
  if (isGone(reply.status)) {
    const before = await page.post('/login/open/v4/auth/1fa/otp-totp/verify', data)
    const userId = readReply(before, 'code', VerifiedBefore).data?.userProfile?.userId ?? null
    context.accepted('code')
    checkOnlyProfile(userId, wanted)
    return { profile: null, userId: userId ?? wanted }
  }
  const accounts = readReply(reply, 'code', Verified).data?.accounts ?? []
  context.accepted('code')
  if (accounts.length === 0) return { profile: null, userId: wanted }
  const profile = chooseProfile(accounts, wanted, owner)
  return { profile, userId: profile.userId }
}

/**
 * Sends the PIN, only to the generation of the login that took the code.
 * @returns the authorization code, if Upstox issues it without an approval
 */
export async function sendPin(
  context: LoginContext,
  page: LoginPage,
  names: PageNames,
  profile: Profile | null,
): Promise<string | null> {
  const pin = await context.spendPassword('pin_code')
  const data = { twoFAMethod: 'SECRET_PIN', inputText: base64Of(pin) }
  const reply =
    profile === null
      ? await page.post('/login/open/v3/auth/2fa', data, appQuery(names))
      : await page.post(
          '/login/open/v4/auth/2fa',
          { ...data, profileId: profile.profileId },
          appQuery(names),
          { 'x-profile-id': String(profile.profileId), 'x-user-id': profile.userId },
        )
  const target = redirectTarget(reply, context.endpoint('service'))
  const early = target === null ? null : codeAt(context, target.href)
  const code = early ?? codeAt(context, readReply(reply, 'pin', Entered).data?.redirectUri ?? '')
  context.accepted('password')
  return code
}

/** Returns the authorization code in an address, if this is the registered redirect URL. */
function codeAt(context: LoginContext, address: string): string | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  return isRegistered(context, url) ? codeIn(context, url) : null
}

/**
 * Approves the app on behalf of the user.
 * @returns the authorization code on the registered redirect URL, which is parsed and never fetched
 */
export async function approveApp(context: LoginContext, page: LoginPage, names: PageNames): Promise<string> {
  const query = { ...appQuery(names), requestId: page.requestId, response_type: 'code' }
  const reply = await page.post('/login/v2/oauth/authorize', { userOAuthApproval: true }, query)
  const { redirectUri, isApproved } = readReply(reply, 'approve', Approved).data
  const address = redirectUri ?? ''
  const code = URL.canParse(address) ? codeIn(context, new URL(address)) : null
  if (code !== null) return code
  if (isApproved !== false) throw new LoginError('protocol-changed')
  throw new LoginError('consent-required', {
    next: `Open ${dialogUrl(context).href} in your browser, log in and approve the app once. Then log in here again.`,
  })
}

const appQuery = ({ clientId, redirectUri }: PageNames): Record<string, string> => ({
  client_id: clientId,
  redirect_uri: redirectUri,
})
