import { formOf, json, type PracticeRequest, type Reply, type Routes } from '../exchange.ts'
import { missingField, wrongApp } from './app-check.ts'
import { bearerOf, isLiveBearer, mintBearer, revokeBearer } from './bearer.ts'
import { invalidInput, refusal, success } from './envelope.ts'
import { PERSON } from './person.ts'
import type { UpstoxState } from './state.ts'

const TOKEN_FIELDS = ['code', 'client_id', 'client_secret', 'redirect_uri', 'grant_type']

/** Returns the routes of api.upstox.com after the approval: https://upstox.com/developer/api-documentation/ */
export function apiRoutes(upstox: UpstoxState): Routes {
  const { accessTokens, codes, credentials } = upstox
  const person = { ...PERSON, user_id: upstox.tokenOf }

  function token(request: PracticeRequest): Reply {
    const form = formOf(request)
    if (form === undefined) return invalidInput('Expected application/x-www-form-urlencoded')
    // A code is used up by the first try, even by one that fails.
    const code = form.get('code') ?? ''
    const isGood = codes.isGood(code)
    codes.spend(code)
    return (
      wrongHeaders(request) ??
      missingField(TOKEN_FIELDS, form) ??
      wrongApp(upstox, form) ??
      wrongGrant(form, isGood) ??
      newToken()
    )
  }

  function wrongGrant(form: URLSearchParams, isGoodCode: boolean): Reply | undefined {
    if (form.get('grant_type') !== 'authorization_code') return invalidInput("'grant_type' is invalid.")
    if (form.get('client_secret') !== credentials.client_secret) {
      return refusal(401, 'UDAPI100016', 'Invalid Credentials')
    }
    return isGoodCode ? undefined : refusal(400, 'UDAPI100057', 'Invalid Auth code')
  }

  function newToken(): Reply {
    upstox.loginsCompleted += 1
    // The only reply without the envelope.
    const { user_id, ...rest } = person
    const named = upstox.namesUser ? { user_id, ...rest } : rest
    return json(200, { ...named, access_token: mintBearer(accessTokens) })
  }

  function profile(request: PracticeRequest): Reply {
    return deadToken(request) ?? elsewhere() ?? success(person)
  }

  function addresses(request: PracticeRequest): Reply {
    const { user_id } = person
    return deadToken(request) ?? success({ user_id, primary_ip: '203.0.113.7', secondary_ip: null })
  }

  function logout(request: PracticeRequest): Reply {
    const refused = deadToken(request)
    if (refused !== undefined) return refused
    revokeBearer(accessTokens, bearerOf(request))
    return success(true)
  }

  function deadToken(request: PracticeRequest): Reply | undefined {
    if (isLiveBearer(accessTokens, bearerOf(request))) return undefined
    return refusal(401, 'UDAPI100050', 'Invalid token used to access API')
  }

  /**
   * Returns the refusal for an unregistered address, if due. Upstox needs the token first, to know whose it is.
   */
  function elsewhere(): Reply | undefined {
    if (upstox.atRegisteredAddress) return undefined
    const message =
      'Access to this API is permitted only when requested from the static IP configured in your account.'
    return refusal(401, 'UDAPI1221', message)
  }

  return {
    'POST /v2/login/authorization/token': token,
    'GET /v2/user/ip': addresses,
    'GET /v2/user/profile': profile,
    'DELETE /v2/logout': logout,
  }
}

function wrongHeaders({ headers }: PracticeRequest): Reply | undefined {
  if (headers.accept !== 'application/json') return invalidInput('Expected accept: application/json')
  // The app's server sends this call, never a browser.
  return headers.cookie === undefined ? undefined : invalidInput('Expected no cookie')
}
