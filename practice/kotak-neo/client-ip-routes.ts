import { headerOf, json, type PracticeRequest, type Reply, type Routes } from '../exchange.ts'
import { refuseAccess, withHeaders } from './envelope.ts'
import type { NeoState } from './state.ts'

/**
 * Returns the route that reports the client's address, which Kotak's own client requests after a login:
 * https://github.com/Kotak-Neo/kotak-neo-python, services/client_ip.py. Its refusals are undocumented.
 */
export function clientIpRoutes(neo: NeoState): Routes {
  function clientIp(request: PracticeRequest): Reply {
    const isOurs = headerOf(request, 'authorization') === neo.credentials.consumer_key
    const session = { token: headerOf(request, 'auth'), sid: headerOf(request, 'sid') }
    if (!isOurs || !neo.tradeSessions.isLive(session)) return refuseAccess()
    const data = [{ ip: neo.addressOf(request), time: '2026-07-07 12:07:34.440' }]
    return json(200, { data, stCode: 1000, status: 'success' })
  }

  return { 'GET /login/1.0/get-client-ip': withHeaders(['authorization', 'sid', 'auth'], clientIp) }
}
