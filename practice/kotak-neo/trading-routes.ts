import { headerOf, type PracticeRequest, type Reply, type Routes } from '../exchange.ts'
import { refuseAccess, refuseEndedSession, refuseTrading, withFinKey } from './envelope.ts'
import type { NeoState } from './state.ts'

/**
 * What stands at the `baseUrl` that a login is told. The codes for a wrong address are those of
 * https://www.kotakneo.com/platform/kotak-neo-trade-api/static-ip-details ; only the placing of orders earns them
 * at Kotak, which has no place here.
 */
export function tradingRoutes(neo: NeoState): Routes {
  function orders(request: PracticeRequest): Reply {
    const session = { token: headerOf(request, 'auth'), sid: headerOf(request, 'sid') }
    if (!neo.tradeSessions.isOurs(session)) return refuseAccess()
    if (!neo.tradeSessions.isLive(session)) return refuseEndedSession()
    if (neo.ipNotAllowed) return refuseTrading(100008, 'unauthorized')
    const here = neo.addressOf(request)
    const isElsewhere = (neo.openedFrom.get(session.sid) ?? here) !== here
    if (neo.sessionIpRefused || isElsewhere) return refuseTrading(1037, 'session ip does not match')
    // A book with nothing in it comes in the envelope of a refusal, as nobody has traded before the market opens.
    return refuseTrading(5203, 'No Data')
  }

  return { 'GET /quick/user/orders': withFinKey(['auth', 'sid'], orders) }
}
