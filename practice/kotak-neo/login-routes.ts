import { headerOf, json, type Handler, type PracticeRequest, type Reply, type Routes } from '../exchange.ts'
import { withJson, type JsonFields, type JsonHandler } from '../json-fields.ts'
import { randomId } from '../random-id.ts'
import { refuse, refuseAccess, refuseEntry, refuseMissingField, withFinKey } from './envelope.ts'
import type { Session } from './sessions.ts'
import type { NeoState } from './state.ts'

/**
 * Returns the routes of mis.kotaksecurities.com: the code, then the MPIN. Kotak describes both calls to its
 * customers; https://github.com/marketcalls/openalgo makes them, in broker/kotak/api/auth_api.py
 */
export function loginRoutes(neo: NeoState): Routes {
  const { account, credentials, viewSessions, tradeSessions } = neo

  function login({ mobileNumber, ucc, totp = '' }: JsonFields): Reply {
    // An unknown client adds no wrong entry to this account.
    if (mobileNumber !== credentials.mobile_number || ucc !== credentials.ucc) {
      return refuseEntry('Invalid mobile number or UCC')
    }
    const verdict = account.enterCode(totp)
    if (verdict === 'blocked') return blocked()
    if (verdict === 'wrong') return refuseEntry('Invalid TOTP')
    viewSessions.endAll()
    return opened('View', viewSessions.open())
  }

  function validate({ mpin }: JsonFields, request: PracticeRequest): Reply {
    const view = { token: headerOf(request, 'auth'), sid: headerOf(request, 'sid') }
    if (!viewSessions.isLive(view)) return refuseAccess()
    // Clients must not rely on a second MPIN for the same code, because Kotak's behaviour is unknown.
    viewSessions.endAll()
    const verdict = account.enterPassword(mpin === credentials.mpin)
    if (verdict === 'blocked') return blocked()
    if (verdict === 'wrong') return refuseEntry('Invalid MPIN')
    neo.loginsCompleted += 1
    const session = tradeSessions.open()
    neo.openedFrom.set(session.sid, neo.addressOf(request))
    const { host } = request.url
    return opened('Trade', session, {
      baseUrl: neo.baseUrl ?? request.url.origin,
      feedUrl: `ws://${host}/betafeed`,
      rtUrl: `ws://${host}/realtime`,
    })
  }

  function opened(kType: 'View' | 'Trade', session: Session, more: object = {}): Reply {
    const data = {
      ...session,
      rid: randomId(),
      hsServerId: 'server1',
      ...(neo.sessionOf !== '' && { ucc: neo.sessionOf }),
      // The client's identity: the name, and the PAN as `kId`.
      greetingName: 'PRACTICE TRADER',
      kId: 'PRACT0000P',
      dataCenter: 'practice',
      isUserPwdExpired: neo.passwordExpired,
      ...more,
      kType,
      status: 'success',
    }
    return json(200, { data })
  }

  function ofOurApp(handler: Handler): Handler {
    return (request) => {
      // The bare key: with "Bearer" before it, it would be another key.
      const isOurs = headerOf(request, 'authorization') === credentials.consumer_key
      return isOurs ? handler(request) : refuseAccess()
    }
  }

  function withFields(fields: readonly string[], handler: JsonHandler): Handler {
    return withJson([], refuse, (body, request) => {
      const missing = fields.find((field) => !body[field])
      return missing === undefined
        ? handler(body, request)
        : refuseMissingField(neo.missingFieldStatus, missing)
    })
  }

  const LOGIN_FIELDS = ['mobileNumber', 'ucc', 'totp']
  return {
    'POST /login/1.0/tradeApiLogin': withFinKey(['authorization'], ofOurApp(withFields(LOGIN_FIELDS, login))),
    'POST /login/1.0/tradeApiValidate': withFinKey(
      ['authorization', 'sid', 'auth'],
      ofOurApp(withFields(['mpin'], validate)),
    ),
  }
}

function blocked(): Reply {
  return refuseEntry('Your account is locked after 5 incorrect entries.')
}
