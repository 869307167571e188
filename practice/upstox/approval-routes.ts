import { z } from 'zod'
import { headerOf, type PracticeRequest, type Reply, type Routes } from '../exchange.ts'
import { namesLoginApp } from './login-app.ts'
import type { LoginSession } from './login-sessions.ts'
import { PERSON } from './person.ts'
import { serviceCall, type ServiceCall } from './service-call.ts'
import { blocked, gone, serviceRefusal, serviceSuccess } from './service-envelope.ts'
import type { MobileProfile, UpstoxState } from './state.ts'

const PIN = z.strictObject({ twoFAMethod: z.literal('SECRET_PIN'), inputText: z.string() })
const PIN_OF_PROFILE = PIN.extend({ profileId: z.int() })
const APPROVAL = z.strictObject({ userOAuthApproval: z.literal(true) })

/**
 * Returns the last two calls of the login page to service.upstox.com: the PIN, then the approval of the app.
 * Both are undocumented; https://github.com/batpool/upstox-totp makes them.
 */
export function approvalRoutes(upstox: UpstoxState): Routes {
  const { account, codes, credentials, generations, holder, profiles, sessions } = upstox

  function enterPinOfProfile(
    session: LoginSession,
    call: ServiceCall<z.infer<typeof PIN_OF_PROFILE>>,
  ): Reply {
    const profile = profiles.find(({ profileId }) => Number(profileId) === call.data.profileId)
    if (profile === undefined) return serviceRefusal('Invalid profileId')
    if (!namesProfile(call.request, profile)) return serviceRefusal('The headers are of another profile')
    return enterPin(session, call, 'v4', profile.userId === holder)
  }

  /** @param isHolder whether the account's PIN is in the credentials; other accounts have other PINs */
  function enterPin(
    session: LoginSession,
    { request, data }: ServiceCall<z.infer<typeof PIN>>,
    pinCall: LoginSession['pinCall'],
    isHolder: boolean,
  ): Reply {
    if (!namesLoginApp(upstox, request.url.searchParams))
      return serviceRefusal('Invalid client_id or redirect_uri')
    if (session.passed === 'nothing') return serviceRefusal('Verify the OTP first')
    if (session.pinCall !== pinCall) return serviceRefusal('This login is of another version')
    const verdict = account.enterPassword(isHolder && data.inputText === base64(credentials.pin_code))
    if (verdict === 'blocked') return blocked()
    if (verdict === 'wrong') return serviceRefusal('Invalid PIN', 1017106)
    session.passed = 'pin'
    return serviceSuccess({
      userType: PERSON.user_type,
      customerStatus: 'ACTIVE',
      refreshTokenExpiry: 0,
      isExternalClientOAuthApp: true,
      ...(upstox.codeWithPin && { redirectUri: redirectWithCode() }),
    })
  }

  function approve(session: LoginSession, { request, requestId }: ServiceCall<unknown>): Reply {
    const query = request.url.searchParams
    if (!namesLoginApp(upstox, query)) return serviceRefusal('Invalid client_id or redirect_uri')
    if (query.get('response_type') !== 'code') return serviceRefusal('Invalid response_type')
    if (query.get('requestId') !== requestId) return serviceRefusal('Invalid requestId')
    if (session.passed !== 'pin') return serviceRefusal('Enter the PIN first')
    return serviceSuccess({ redirectUri: redirectWithCode(query.get('state')), isApproved: true })
  }

  function redirectWithCode(state: string | null = null): string {
    const { redirect_uri } = credentials
    // `new URL` would normalise the registered address.
    return `${redirect_uri}${redirect_uri.includes('?') ? '&' : '?'}code=${codes.issue()}${state === null ? '' : `&state=${encodeURIComponent(state)}`}`
  }

  const notServed = (): Reply => gone(generations.goneStatus)
  return {
    'POST /login/open/v4/auth/2fa': generations.newer
      ? serviceCall(PIN_OF_PROFILE, sessions.within(enterPinOfProfile))
      : notServed,
    'POST /login/open/v3/auth/2fa':
      generations.older || profiles.length === 0
        ? serviceCall(
            PIN,
            sessions.within((session, call) => enterPin(session, call, 'v3', true)),
          )
        : notServed,
    'POST /login/v2/oauth/authorize': serviceCall(APPROVAL, sessions.within(approve)),
  }
}

const namesProfile = (request: PracticeRequest, { profileId, userId }: MobileProfile): boolean =>
  headerOf(request, 'x-profile-id') === String(profileId) && headerOf(request, 'x-user-id') === userId

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
