import { headerOf, type PracticeRequest, type Reply, type Routes } from '../exchange.ts'
import { refuseAccess, refuseEndedSession, refuseTrading, withFinKey } from './envelope.ts'
import type { NeoState } from './state.ts'

/**
 * Returns the routes at the `baseUrl` that a login returns. The codes for a wrong address are those of
 * https://www.kotakneo.com/platform/kotak-neo-trade-api/static-ip-details
 * At Kotak only order calls earn them, which are not part of this practice broker.
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
    // Kotak sends an empty order book in the envelope of a refusal, as before the market opens.
    return refuseTrading(5203, 'No Data')
  }

  return { 'GET /quick/user/orders': withFinKey(['auth', 'sid'], orders) }
}
