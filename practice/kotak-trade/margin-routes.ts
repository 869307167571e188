import { headerOf, type PracticeRequest, type Reply, type Routes } from '../exchange.ts'
import { withHeaders } from './app-check.ts'
import { refuse, refuseAccess, success } from './envelope.ts'
import type { TradeState } from './state.ts'

/**
 * What shows whether a session token is still good: Kotak documents no call for that alone. Path, headers and both
 * replies are those of https://github.com/paramatrixtech/ksapi/blob/main/python/docs/MarginApi.md
 *
 * @param movedTo where this host sends everyone, if it does
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
