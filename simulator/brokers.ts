import type { Broker } from '../electron/core/brokers/broker.ts'
import { registry } from '../electron/core/brokers/registry.ts'
import { twoEntry } from './two-entry-broker.ts'

/** Holds every broker that TokenTray knows, and a made-up broker that sends two entries in one request. */
export const brokers: ReadonlyMap<string, Broker> = new Map([...registry, [twoEntry.id, twoEntry]])
