import { kiteElsewhere, kiteEntries } from './simulation.ts'
import type { DefinedBroker } from '../kit/define.ts'
import { kiteConnectModel, startKiteConnect } from '../kite-connect.ts'

/** Lists the practice broker, with its protocol. */
export const kiteConnect: DefinedBroker = {
  id: 'kite-connect',
  answer: /PR0001/,
  simulation: {
    password: 'password',
    entries: kiteEntries,
    loginRoutes: {
      needed: [
        'GET /connect/login',
        'POST /api/login',
        'POST /api/twofa',
        'GET /connect/finish',
        'POST /session/token',
      ],
      probe: 'GET /user/profile',
      elsewhere: kiteElsewhere,
    },
  },
  model: (options) => kiteConnectModel(options),
  start: startKiteConnect,
}
