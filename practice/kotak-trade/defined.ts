import type { DefinedBroker } from '../kit/define.ts'
import { kotakTradeModel, startKotakTrade } from '../kotak-trade.ts'

/** Lists the practice broker, with its protocol. */
export const kotakTrade: DefinedBroker = {
  id: 'kotak-trade',
  answer: /derivatives/,
  simulation: {
    password: 'password',
    entries: { 'POST /session/1.0/session/login/userid': [{ entry: 'password', field: 'password' }] },
    loginRoutes: {
      needed: [
        'GET /session/1.0/session/init',
        'POST /session/1.0/session/login/userid',
        'POST /session/1.0/session/2FA/oneTimeToken',
      ],
      probe: 'GET /margin/1.0/margin',
      // This API is older than the rule, and no reply for it is known.
      elsewhere: [],
    },
  },
  model: (options) => kotakTradeModel(options),
  start: startKotakTrade,
}
