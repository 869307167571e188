import { angelOne } from './angel-one/broker.ts'
import type { Broker } from './broker.ts'
import { kiteConnect } from './kite-connect/broker.ts'
import { kiteWeb } from './kite-web/broker.ts'
import { kotakNeo } from './kotak-neo/broker.ts'
import { kotakTrade } from './kotak-trade/broker.ts'
import { upstox } from './upstox/broker.ts'

const brokers: readonly Broker[] = [kiteConnect, kiteWeb, upstox, kotakNeo, kotakTrade, angelOne]

/** Every broker that TokenTray knows. */
export const registry: ReadonlyMap<string, Broker> = new Map(brokers.map((broker) => [broker.id, broker]))
