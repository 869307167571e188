import type { Broker } from './broker.ts'
import { kiteConnect } from './kite-connect/broker.ts'

const brokers: readonly Broker[] = [kiteConnect]

/** Every broker that TokenTray knows. */
export const registry: ReadonlyMap<string, Broker> = new Map(brokers.map((broker) => [broker.id, broker]))
