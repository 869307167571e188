import { definedBrokers } from '../practice/defined.ts'
import { json } from '../practice/exchange.ts'
import type { Simulation } from '../practice/kit/simulation.ts'
import type { BrokerModel } from '../practice/practice-broker.ts'
import { twoEntryModel } from './two-entry-model.ts'

/** A broker at which the trader has an account. */
interface Kind extends Simulation {
  /** @param base returns the base URL of an endpoint */
  readonly model: (now: () => number, base: (endpoint: string) => string) => BrokerModel
}

const twoEntry: Kind = {
  model: (now) => twoEntryModel(now),
  password: 'password',
  entries: {
    'POST /login': [
      { entry: 'password', field: 'password' },
      { entry: 'code', field: 'code' },
    ],
  },
  loginRoutes: {
    needed: ['POST /login'],
    probe: 'GET /me',
    elsewhere: [json(403, { error: 'This is answered only from the static IP of your account' })],
  },
}

/** Lists every broker at which the trader has an account. */
export const kinds: readonly Kind[] = [
  ...definedBrokers.map(({ model, simulation }): Kind => ({
    ...simulation,
    model: (now, base) =>
      model({ now, base, ...(simulation.credentials && { credentials: simulation.credentials }) }),
  })),
  twoEntry,
]
