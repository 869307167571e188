import { headerOf, json, type Handler, type PracticeRequest, type Reply, type Routes } from '../exchange.ts'
import { withJson, type JsonFields } from '../json-fields.ts'
import { randomId } from '../random-id.ts'
import { refuse, refuseAccess, refuseEntry, withFinKey } from './envelope.ts'
import type { Session } from './sessions.ts'
import type { NeoState } from './state.ts'

/**
 * mis.kotaksecurities.com: the code, then the MPIN. Kotak describes both calls to its customers;
 * https://github.com/marketcalls/openalgo makes them, in broker/kotak/api/auth_api.py
 */
export function loginRoutes(neo: NeoState): Routes {
  const { account, credentials, viewSessions, tradeSessions } = neo

  function login({ mobileNumber, ucc, totp = '' }: JsonFields): Reply {
    // An unknown client costs this account nothing.
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
    // Whether Kotak takes another MPIN for the same code is not known, so no client may count on it.
    viewSessions.endAll()
    const verdict = account.enterPassword(mpin === credentials.mpin)
    if (verdict === 'blocked') return blocked()
    if (verdict === 'wrong') return refuseEntry('Invalid MPIN')
    neo.loginsCompleted += 1
    return opened('Trade', tradeSessions.open(), { baseUrl: neo.baseUrl ?? request.url.origin })
  }

  function opened(kType: 'View' | 'Trade', session: Session, more: object = {}): Reply {
    const data = {
      ...session,
      rid: randomId(),
      hsServerId: 'server1',
      ucc: credentials.ucc,
      greetingName: 'PRACTICE',
      dataCenter: 'practice',
      ...more,
      kType,
      status: 'success',
    }
    return json(200, { data })
  }

  function ofOurApp(handler: Handler): Handler {
    return (request) => {
      // The key as it is: with "Bearer" before it, it is another one.
      const isOurs = headerOf(request, 'authorization') === credentials.consumer_key
      return isOurs ? handler(request) : refuseAccess()
    }
  }

  const LOGIN_FIELDS = ['mobileNumber', 'ucc', 'totp']
  return {
    'POST /login/1.0/tradeApiLogin': withFinKey(
      ['authorization'],
      ofOurApp(withJson(LOGIN_FIELDS, refuse, login)),
    ),
    'POST /login/1.0/tradeApiValidate': withFinKey(
      ['authorization', 'sid', 'auth'],
      ofOurApp(withJson(['mpin'], refuse, validate)),
    ),
  }
}

function blocked(): Reply {
  return refuseEntry('Your account is locked after 5 incorrect entries.')
}
