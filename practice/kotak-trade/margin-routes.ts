import { headerOf, type PracticeRequest, type Reply, type Routes } from '../exchange.ts'
import { withHeaders } from './app-check.ts'
import { refuse, refuseAccess, success } from './envelope.ts'
import type { TradeState } from './state.ts'

/**
 * Returns the route that tests a session token, because Kotak documents no call for that purpose.
 * Path, headers and replies are those of
 * https://github.com/paramatrixtech/ksapi/blob/main/python/docs/MarginApi.md
 * @param movedTo returns the host to which every call is redirected, if any
 */
export function marginRoutes(trade: TradeState, movedTo: () => string | undefined): Routes {
  function margin(request: PracticeRequest): Reply {
    if (movedTo() !== undefined) return refuseAccess()
    const isLive = trade.sessionTokens.isLive(headerOf(request, 'sessiontoken'))
    if (!isLive) return refuse(403, 'Invalid session, please re-login to continue')
    return success(trade.successKey ?? 'Success', {
      commodities: [],
      currency: [],
      derivatives: [],
      equity: [],
    })
  }

  return { 'GET /margin/1.0/margin': withHeaders(trade, ['sessiontoken'], margin) }
}
