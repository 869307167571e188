import { json, type Reply } from '../exchange.ts'
import type { DefinedBroker } from '../kit/define.ts'
import { kotakNeoModel, startKotakNeo } from '../kotak-neo.ts'
/** Returns a refusal of https://www.kotakneo.com/platform/kotak-neo-trade-api/static-ip-details */
const neoElsewhere = (stCode: number, errMsg: string): Reply => json(200, { stat: 'Not_Ok', stCode, errMsg })

/** Lists the practice broker, with its protocol. */
export const kotakNeo: DefinedBroker = {
  id: 'kotak-neo',
  answer: /5203/,
  simulation: {
    password: 'mpin',
    entries: {
      'POST /login/1.0/tradeApiLogin': [{ entry: 'code', field: 'totp' }],
      'POST /login/1.0/tradeApiValidate': [{ entry: 'password', field: 'mpin' }],
    },
    loginRoutes: {
      needed: ['POST /login/1.0/tradeApiLogin', 'POST /login/1.0/tradeApiValidate'],
      probe: 'GET /quick/user/orders',
      elsewhere: [neoElsewhere(100008, 'unauthorized'), neoElsewhere(1037, 'session ip does not match')],
    },
  },
  model: (options) => kotakNeoModel(options),
  start: startKotakNeo,
}
