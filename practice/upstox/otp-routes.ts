import { z } from 'zod'
import type { Reply, Routes } from '../exchange.ts'
import { sessionCookie, type LoginSession } from './login-sessions.ts'
import { PERSON, USER_PROFILE } from './person.ts'
import { serviceCall, type ServiceCall } from './service-call.ts'
import { blocked, gone, serviceRefusal, serviceSuccess, tooManyRequests } from './service-envelope.ts'
import type { UpstoxState } from './state.ts'

const MOBILE = z.strictObject({
  mobileNumber: z.string(),
  userId: z.optional(z.string()),
  countryIsdCode: z.optional(z.string()),
})
// The preceding reply spells the field validateOTPToken.
const OTP = z.strictObject({ otp: z.string(), validateOtpToken: z.string() })

/** The default country code of programs that send none. */
const INDIA = '+91'

const NEXT_REQUEST_INTERVAL_S = 30

/**
 * Returns the first two calls of the login page to service.upstox.com: the mobile number, then the code.
 * Both are undocumented; https://github.com/batpool/upstox-totp makes them.
 */
export function otpRoutes(upstox: UpstoxState): Routes {
  const { account, credentials, generations, otpBlock, otpLimit, profiles, sessions } = upstox

  function generate({ request, requestId, data }: ServiceCall<z.infer<typeof MOBILE>>): Reply {
    if (data.userId === undefined) return serviceRefusal('Something went wrong', 1017016)
    const { username } = credentials
    const isKnown =
      (data.countryIsdCode ?? INDIA) + data.mobileNumber ===
      (username.startsWith('+') ? username : INDIA + username)
    // An unknown number adds no wrong entry to this account.
    if (!isKnown) return serviceRefusal('Invalid mobile number')
    if (data.userId !== PERSON.user_id) return serviceRefusal('Invalid user ID')
    if (account.isBlocked) return blocked()
    if (!otpLimit.allows()) return tooManyRequests()
    if (!otpBlock.allows()) {
      return serviceRefusal('You have exceeded the maximum number of attempts.', 1017069)
    }
    const session = sessions.begin(request, requestId)
    const reply = {
      message: 'OTP sent',
      validateOTPToken: session.otpToken,
      nextRequestInterval: NEXT_REQUEST_INTERVAL_S,
      userType: PERSON.user_type,
      isTotpEnabled: upstox.totpEnabled,
    }
    return serviceSuccess(reply, { 'set-cookie': sessionCookie(session) })
  }

  function verify(
    session: LoginSession,
    { data }: ServiceCall<z.infer<typeof OTP>>,
    pinCall: LoginSession['pinCall'],
  ): Reply | undefined {
    if (session.otpToken !== data.validateOtpToken) return serviceRefusal('Invalid validateOtpToken')
    // Without an authenticator only a texted code is right, and this broker sends none.
    const verdict = account.enterCode(upstox.totpEnabled ? data.otp : '')
    if (verdict === 'blocked') return blocked()
    // The token stays valid, because the remaining attempts need it to enter the code again.
    if (verdict === 'wrong') return serviceRefusal(`Invalid OTP. ${account.attemptsLeft} attempts left.`)
    session.otpToken = undefined
    session.passed = 'code'
    session.pinCall = pinCall
    return undefined
  }

  const verifyNewer = (session: LoginSession, call: ServiceCall<z.infer<typeof OTP>>): Reply =>
    // Without listed accounts the PIN's call has no profile to name.
    verify(session, call, profiles.length === 0 ? 'v3' : 'v4') ??
    serviceSuccess({ message: 'OTP verified', ...(profiles.length > 0 && { accounts: profiles }) })

  const verifyOlder = (session: LoginSession, call: ServiceCall<z.infer<typeof OTP>>): Reply =>
    verify(session, call, 'v3') ??
    serviceSuccess({
      message: 'OTP verified',
      userType: PERSON.user_type,
      userProfile: { ...USER_PROFILE, userId: upstox.holder },
      isSecretPinSet: true,
    })

  const notServed = (): Reply => gone(generations.goneStatus)
  return {
    'POST /login/open/v6/auth/1fa/otp/generate': serviceCall(MOBILE, generate),
    'POST /login/open/v5/auth/1fa/otp-totp/verify': generations.newer
      ? serviceCall(OTP, sessions.within(verifyNewer))
      : notServed,
    'POST /login/open/v4/auth/1fa/otp-totp/verify': generations.older
      ? serviceCall(OTP, sessions.within(verifyOlder))
      : notServed,
  }
}
