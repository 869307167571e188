import { kiteElsewhere, kiteEntries } from '../kite-connect/simulation.ts'
import type { DefinedBroker } from '../kit/define.ts'
import { kiteWebModel, startKiteWeb } from '../kite-web.ts'

/** Lists the practice broker, with its protocol. */
export const kiteWeb: DefinedBroker = {
  id: 'kite-web',
  answer: /tradingsymbol/,
  simulation: {
    // Another user ID, because the two Zerodha brokers identify a person by it.
    credentials: { user_id: 'PR0002' },
    password: 'password',
    entries: kiteEntries,
    loginRoutes: {
      needed: ['POST /api/login', 'POST /api/twofa'],
      probe: 'GET /oms/user/profile',
      elsewhere: kiteElsewhere,
    },
  },
  model: (options) => kiteWebModel(options),
  start: startKiteWeb,
}
