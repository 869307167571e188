import { cookieOf, headerOf, redirect, type Handler, type Routes } from '../exchange.ts'
import { refusal, success } from '../kite-connect/envelope.ts'
import { PERSON } from '../kite-connect/person.ts'
import type { KiteWebState } from './state.ts'

/** One holding, with some of the fields of https://kite.trade/docs/connect/v3/portfolio/#holdings */
const HOLDINGS = [
  {
    tradingsymbol: 'INFY',
    exchange: 'NSE',
    isin: 'INE009A01021',
    product: 'CNC',
    quantity: 1,
    average_price: 1500,
    last_price: 1525.5,
    close_price: 1510,
    pnl: 25.5,
  },
]

/**
 * Returns the calls of Kite's own page after the login, with the enctoken in the header, and the logout.
 * They are those of Kite Connect below `/oms`; see https://github.com/jugaad-py/jugaad-trader
 */
export function omsRoutes({ credentials, encTokens }: KiteWebState): Routes {
  function signedIn(data: () => unknown): Handler {
    return (request) => {
      const [, enctoken = ''] = /^enctoken (\S+)$/.exec(headerOf(request, 'authorization')) ?? []
      if (encTokens.isLive(enctoken)) return success(data())
      return refusal(403, 'TokenException', 'Incorrect `api_key` or `access_token`.')
    }
  }

  const logout: Handler = (request) => {
    if (encTokens.isLive(cookieOf(request, 'enctoken') ?? '')) encTokens.end()
    return redirect('/', { 'set-cookie': 'enctoken=; Path=/; Max-Age=0' })
  }

  return {
    'GET /oms/user/profile': signedIn(() => ({ ...PERSON, user_id: credentials.user_id })),
    'GET /oms/portfolio/holdings': signedIn(() => HOLDINGS),
    'GET /logout': logout,
  }
}
