import type { Broker } from './broker.ts'
import { fivePaisa } from './5paisa/broker.ts'
import { angelOne } from './angel-one/broker.ts'
import { dhan } from './dhan/broker.ts'
import { firstock } from './firstock/broker.ts'
import { groww } from './groww/broker.ts'
import { indstocks } from './indstocks/broker.ts'
import { kiteConnect } from './kite-connect/broker.ts'
import { kiteWeb } from './kite-web/broker.ts'
import { kotakNeo } from './kotak-neo/broker.ts'
import { kotakTrade } from './kotak-trade/broker.ts'
import { mstock } from './mstock/broker.ts'
import { samco } from './samco/broker.ts'
import { upstox } from './upstox/broker.ts'

const brokers: readonly Broker[] = [
  ...[kiteConnect, kiteWeb, upstox, kotakNeo, kotakTrade],
  ...[angelOne, dhan, groww, fivePaisa, indstocks, mstock, firstock, samco],
]

/**
 * The brokers that most traders with programs have, as far as public programs and issues tell, most common first. A
 * choice shows them before the others, which follow by name.
 */
export const popularBrokers: readonly string[] = [
  ...['kite-connect', 'kite-web', 'angel-one', 'upstox', 'dhan', 'groww', 'kotak-neo'],
]

/** Brokers whose API a newer one of the same house replaces. A choice folds them. */
export const olderBrokers: readonly string[] = ['kotak-trade']

/** Every broker that TokenTray knows. */
export const registry: ReadonlyMap<string, Broker> = new Map(brokers.map((broker) => [broker.id, broker]))
