import { angelOne } from './angel-one.ts'
import type { DefinedBroker } from './kit/define.ts'
import { kiteConnect } from './kite-connect/defined.ts'
import { kiteWeb } from './kite-web/defined.ts'
import { kotakNeo } from './kotak-neo/defined.ts'
import { kotakTrade } from './kotak-trade/defined.ts'
import { upstox } from './upstox/defined.ts'

/** Every practice broker. */
export const definedBrokers: readonly DefinedBroker[] = [
  kiteConnect,
  kiteWeb,
  kotakNeo,
  kotakTrade,
  upstox,
  angelOne,
]
