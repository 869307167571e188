import { createHash } from 'node:crypto'
import { headerOf, type Handler, type PracticeRequest, type Reply, type Routes } from '../exchange.ts'
import { missingField, refusal, refuse, success, withForm } from './envelope.ts'
import { indianTime } from '../ist.ts'
import { PERSON } from './person.ts'
import { randomEncToken, randomId } from '../random-id.ts'
import type { KiteState } from './state.ts'

/** Returns the routes of api.kite.trade, see https://kite.trade/docs/connect/v3/user/ */
export function apiRoutes(kite: KiteState): Routes {
  const { credentials, requestTokens, accessTokens } = kite
  const { api_key, api_secret, user_id } = credentials

  function exchange(form: URLSearchParams): Reply {
    const requestToken = form.get('request_token') ?? ''
    if (form.get('api_key') !== api_key) return refuse(400, 'Invalid `api_key`.')
    if (kite.lapsed !== undefined) return tokenRefusal(kite.lapsed)
    if (!requestTokens.isGood(requestToken)) return tokenRefusal('Token is invalid or has expired.')
    if (form.get('checksum') !== sha256(api_key + requestToken + api_secret)) {
      return tokenRefusal('Invalid `checksum`.')
    }
    requestTokens.spend(requestToken)
    kite.loginsCompleted += 1
    return success({
      ...PERSON,
      ...(kite.namesUser && { user_id }),
      api_key,
      access_token: accessTokens.mint(),
      public_token: randomId(),
      // Kite fills it in for a few approved platforms only.
      refresh_token: '',
      enctoken: randomEncToken(),
      login_time: indianTime(kite.now()),
    })
  }

  function profile(request: PracticeRequest): Reply {
    const [, key = '', token = ''] = /^token (.*):(.*)$/.exec(headerOf(request, 'authorization')) ?? []
    return rejected(key, token) ?? success({ ...PERSON, user_id })
  }

  function invalidate(request: PracticeRequest): Reply {
    const query = request.url.searchParams
    const refused = missingField(['api_key', 'access_token'], query)
    if (refused !== undefined) return refused
    const token = query.get('access_token') ?? ''
    const dead = rejected(query.get('api_key') ?? '', token)
    if (dead !== undefined) return dead
    accessTokens.revoke(token)
    return success(true)
  }

  function rejected(key: string, token: string): Reply | undefined {
    if (key === api_key && accessTokens.isLive(token)) return undefined
    return tokenRefusal('Incorrect `api_key` or `access_token`.')
  }

  return {
    'POST /session/token': version3(withForm(['api_key', 'request_token', 'checksum'], exchange)),
    'DELETE /session/token': version3(invalidate),
    'GET /user/profile': version3(profile),
  }
}

function version3(handler: Handler): Handler {
  return (request) => {
    if (headerOf(request, 'x-kite-version') === '3') return handler(request)
    return refuse(400, 'Missing or unknown X-Kite-Version header')
  }
}

function tokenRefusal(message: string): Reply {
  return refusal(403, 'TokenException', message)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
