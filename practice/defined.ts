import { angelOne } from './angel-one.ts'
import type { DefinedBroker } from './kit/define.ts'

/** Every practice broker that is written on the kit. */
export const definedBrokers: readonly DefinedBroker[] = [angelOne]
