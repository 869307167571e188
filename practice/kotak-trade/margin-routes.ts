import { headerOf, type PracticeRequest, type Reply, type Routes } from '../exchange.ts'
import { withHeaders } from './app-check.ts'
import { refuseAccess, success } from './envelope.ts'
import type { TradeState } from './state.ts'

/**
 * What shows whether a session token is still good: Kotak documents no call for that. Path, headers and reply are
 * inferred from the other calls, and nobody has seen them.
 *
 * @param movedTo where this host sends everyone, if it does
 */
export function marginRoutes(trade: TradeState, movedTo: () => string | undefined): Routes {
  function margin(request: PracticeRequest): Reply {
    const isLive = trade.sessionTokens.isLive(headerOf(request, 'sessiontoken'))
    if (movedTo() !== undefined || !isLive) return refuseAccess()
    return success(trade.successKey ?? 'Success', [])
  }

  return { 'GET /margin/1.0/margin': withHeaders(trade, ['sessiontoken'], margin) }
}
