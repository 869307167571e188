import { headerOf, type Handler } from '../exchange.ts'
import { refuse, refuseAccess } from './envelope.ts'
import type { TradeState } from './state.ts'

/**
 * A handler that is only asked by the app, and with every named header; their names are in lower case. All that
 * is not a person's entry travels in headers here.
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
  // The app's id may be empty, but has to be said.
  return name === 'appid' ? value !== undefined : Boolean(value)
}
