import { z } from 'zod'
import type { Reply, Routes } from '../exchange.ts'
import { namesLoginApp } from './login-app.ts'
import type { LoginSession } from './login-sessions.ts'
import { PERSON } from './person.ts'
import { serviceCall, type ServiceCall } from './service-call.ts'
import { blocked, serviceRefusal, serviceSuccess } from './service-envelope.ts'
import type { UpstoxState } from './state.ts'

const PIN = z.strictObject({ twoFAMethod: z.literal('SECRET_PIN'), inputText: z.string() })
const APPROVAL = z.strictObject({ userOAuthApproval: z.literal(true) })

/**
 * The last two calls that the login page makes to service.upstox.com: the PIN, then the person's approval of the
 * app. They are not documented; https://github.com/batpool/upstox-totp is one of the programs that make them.
 */
export function approvalRoutes(upstox: UpstoxState): Routes {
  const { account, codes, credentials, sessions } = upstox

  function enterPin(session: LoginSession, { request, data }: ServiceCall<z.infer<typeof PIN>>): Reply {
    if (!namesLoginApp(request.url.searchParams)) return serviceRefusal('Invalid client_id or redirect_uri')
    if (session.passed === 'nothing') return serviceRefusal('Verify the OTP first')
    const verdict = account.enterPassword(data.inputText === base64(credentials.pin_code))
    if (verdict === 'blocked') return blocked()
    if (verdict === 'wrong') return serviceRefusal('Invalid PIN')
    session.passed = 'pin'
    return serviceSuccess({
      userType: PERSON.user_type,
      customerStatus: 'ACTIVE',
      refreshTokenExpiry: 0,
      isExternalClientOAuthApp: true,
    })
  }

  function approve(session: LoginSession, { request, requestId }: ServiceCall<unknown>): Reply {
    const query = request.url.searchParams
    if (!namesLoginApp(query)) return serviceRefusal('Invalid client_id or redirect_uri')
    if (query.get('response_type') !== 'code') return serviceRefusal('Invalid response_type')
    if (query.get('requestId') !== requestId) return serviceRefusal('Invalid requestId')
    if (session.passed !== 'pin') return serviceRefusal('Enter the PIN first')
    const { redirect_uri } = credentials
    // Never through `new URL`, which would tidy up what was registered.
    const redirectUri = `${redirect_uri}${redirect_uri.includes('?') ? '&' : '?'}code=${codes.issue()}`
    return serviceSuccess({ redirectUri, isApproved: true })
  }

  return {
    'POST /login/open/v3/auth/2fa': serviceCall(PIN, sessions.within(enterPin)),
    'POST /login/v2/oauth/authorize': serviceCall(APPROVAL, sessions.within(approve)),
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
