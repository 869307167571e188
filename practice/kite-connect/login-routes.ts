import type { PracticeRequest, Reply, Routes } from '../exchange.ts'
import { refusal, refuse, success, withForm } from './envelope.ts'
import { PERSON } from './person.ts'
import { randomId } from '../random-id.ts'
import type { LoginState, TwofaType } from './state.ts'
import { kfSessionCookie } from './web-sessions.ts'

const WRONG_CODE: Readonly<Record<TwofaType, string>> = {
  totp: 'Invalid TOTP',
  app_code: 'Invalid App Code',
  sms: 'Invalid OTP',
}

/**
 * Returns the two calls of the login page of kite.zerodha.com: the password, then the second factor.
 * Both are undocumented; https://github.com/jugaad-py/jugaad-trader makes them.
 */
export function loginRoutes(kite: LoginState): Routes {
  const { account, credentials, sessions } = kite

  function login(form: URLSearchParams, request: PracticeRequest): Reply {
    if ((form.get('type') ?? 'user_id') !== 'user_id') return refuse(400, 'Invalid `type`')
    // An unknown user looks like a wrong password, and adds no wrong entry to this account.
    if (!isOurUser(form)) return wrongPassword()
    const verdict = account.enterPassword(form.get('password') === credentials.password)
    if (verdict === 'blocked') return blocked()
    if (verdict === 'wrong') return wrongPassword()
    const session = sessions.ofOrNew(request)
    session.requestId = randomId()
    session.publicToken = undefined
    const { user_name, user_shortname, avatar_url } = PERSON
    const data = {
      user_id: credentials.user_id,
      request_id: session.requestId,
      twofa_type: kite.twofaTypes[0],
      twofa_types: kite.twofaTypes,
      profile: { user_name, user_shortname, avatar_url },
    }
    return success(data, { 'set-cookie': kfSessionCookie(session) })
  }

  function twofa(form: URLSearchParams, request: PracticeRequest): Reply {
    const session = sessions.of(request)
    if (session?.requestId !== form.get('request_id') || !isOurUser(form)) {
      return refuse(400, 'Invalid `request_id`')
    }
    const type = kite.twofaTypes.find((known) => known === form.get('twofa_type'))
    if (type === undefined) return refusal(400, 'TwoFAException', 'The requested 2FA type is not available')
    const verdict = account.enterCode(form.get('twofa_value') ?? '')
    if (verdict === 'blocked') return blocked()
    // The request_id stays valid, because Kite's page lets the user retype a mistyped code.
    if (verdict === 'wrong') return refusal(403, 'TwoFAException', WRONG_CODE[type])
    const publicToken = sessions.signIn(session)
    const cookies = [
      kfSessionCookie(session),
      `public_token=${publicToken}; Path=/; SameSite=Lax`,
      `user_id=${credentials.user_id}; Path=/; SameSite=Lax`,
    ]
    // A login for an app sets this field, and gets no token for Kite's own pages.
    if (form.get('skip_session') !== 'true') {
      cookies.push(`enctoken=${kite.newEncToken()}; Path=/; SameSite=Lax`)
    }
    return success({}, { 'set-cookie': cookies })
  }

  function isOurUser(form: URLSearchParams): boolean {
    const userId = form.get('user_id')
    return userId === credentials.user_id || userId === kite.mobile
  }

  return {
    'POST /api/login': withForm(['user_id', 'password'], login),
    'POST /api/twofa': withForm(['user_id', 'request_id', 'twofa_value', 'twofa_type'], twofa),
  }
}

function wrongPassword(): Reply {
  return refusal(403, 'UserException', 'Invalid username or password.')
}

function blocked(): Reply {
  const message = 'Your account is blocked after 5 incorrect entries. Reset your password to unblock it.'
  return refusal(403, 'UserException', message)
}
