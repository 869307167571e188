import type { Broker } from '../electron/core/brokers/broker.ts'
import { registry } from '../electron/core/brokers/registry.ts'
import { twoEntry } from './two-entry-broker.ts'

/** Every broker that TokenTray knows, and one that carries two entries in one request. */
export const brokers: ReadonlyMap<string, Broker> = new Map([...registry, [twoEntry.id, twoEntry]])
