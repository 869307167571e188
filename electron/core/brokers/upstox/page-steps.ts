import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import type { LoginContext } from '../broker.ts'
import { dialogUrl, type PageNames } from './dialog.ts'
import type { LoginPage } from './login-page.ts'
import { readReply } from './replies.ts'

const done = { success: z.literal(true) }
const Done = z.object(done)
const Generated = z.object({
  ...done,
  data: z.object({ validateOTPToken: z.nullish(z.string()), isTotpEnabled: z.boolean() }),
})
const Approved = z.object({
  ...done,
  data: z.object({ redirectUri: z.nullish(z.string()), isApproved: z.nullish(z.boolean()) }),
})

/** Where Upstox's login page ends for every app; the app's own address plays no part in it. */
const PAGE_REDIRECT = 'https://api-v2.upstox.com/login/authorization/redirect'

/**
 * Begins the login of a mobile number. Upstox may send an SMS each time.
 * @returns what the code has to be sent with
 */
export async function sendNumber(
  context: LoginContext,
  page: LoginPage,
  { userId }: PageNames,
): Promise<string> {
  const mobileNumber = context.setting('username')
  const reply = await page.post('/login/open/v6/auth/1fa/otp/generate', { mobileNumber, userId })
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

export async function sendCode(context: LoginContext, page: LoginPage, otpToken: string): Promise<void> {
  const otp = await context.spendCode()
  // Spelt unlike in the reply that the token came in.
  const reply = await page.post('/login/open/v4/auth/1fa/otp-totp/verify', {
    otp,
    validateOtpToken: otpToken,
  })
  readReply(reply, 'code', Done)
  context.accepted('code')
}

export async function sendPin(context: LoginContext, page: LoginPage, names: PageNames): Promise<void> {
  const pin = await context.spendPassword('pin_code')
  const data = { twoFAMethod: 'SECRET_PIN', inputText: Buffer.from(pin).toString('base64') }
  const reply = await page.post('/login/open/v3/auth/2fa', data, appQuery(names))
  readReply(reply, 'pin', Done)
  context.accepted('password')
}

/**
 * Approves the app in the person's place.
 * @returns the authorization code. It comes on the registered redirect URL, which is parsed and never fetched.
 */
export async function approveApp(context: LoginContext, page: LoginPage, names: PageNames): Promise<string> {
  const query = { ...appQuery(names), requestId: page.requestId, response_type: 'code' }
  const reply = await page.post('/login/v2/oauth/authorize', { userOAuthApproval: true }, query)
  const { redirectUri, isApproved } = readReply(reply, 'approve', Approved).data
  const address = redirectUri ?? ''
  const code = URL.canParse(address) ? codeIn(new URL(address)) : null
  if (code !== null) return code
  if (isApproved !== false) throw new LoginError('protocol-changed')
  throw new LoginError('consent-required', {
    next: `Open ${dialogUrl(context).href} in your browser, log in and approve the app once. Then log in here again.`,
  })
}

/** The authorization code on the registered redirect URL; null when it carries none. */
export function codeIn({ searchParams }: URL): string | null {
  const code = searchParams.get('code') ?? ''
  return code === '' ? null : code
}

const appQuery = ({ clientId }: PageNames): Record<string, string> => ({
  client_id: clientId,
  redirect_uri: PAGE_REDIRECT,
})
