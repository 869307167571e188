import { headerOf, type Handler } from '../exchange.ts'
import { refuse, refuseAccess } from './envelope.ts'
import type { TradeState } from './state.ts'

/**
 * Returns a handler that refuses a request without the app's headers or a named header.
 * Everything except a person's entries travels in headers here.
 * @param names in lower case
 */
export function withHeaders(trade: TradeState, names: readonly string[], handler: Handler): Handler {
  return (request) => {
    const { access_token, consumer_key } = trade.credentials
    const isOurs =
      headerOf(request, 'authorization') === `Bearer ${access_token}` &&
      headerOf(request, 'consumerkey') === consumer_key
    if (!isOurs) return refuseAccess()
    if (!headerOf(request, 'accept').includes('application/json')) {
      return refuse(400, 'Expected accept: application/json')
    }
    const missing = names.find((name) => !isGiven(name, request.headers[name]))
    return missing === undefined ? handler(request) : refuse(400, `Missing header ${missing}`)
  }
}

function isGiven(name: string, value: string | string[] | undefined): boolean {
  // The app's id may be empty, but must be present.
  return name === 'appid' ? value !== undefined : Boolean(value)
}
