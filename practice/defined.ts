import { fivePaisa } from './5paisa.ts'
import { angelOne } from './angel-one.ts'
import { firstock } from './firstock.ts'
import { dhan } from './dhan.ts'
import { groww } from './groww.ts'
import { indstocks } from './indstocks.ts'
import type { DefinedBroker } from './kit/define.ts'
import { kiteConnect } from './kite-connect/defined.ts'
import { kiteWeb } from './kite-web/defined.ts'
import { kotakNeo } from './kotak-neo/defined.ts'
import { kotakTrade } from './kotak-trade/defined.ts'
import { samco } from './samco.ts'
import { mstock } from './mstock.ts'
import { upstox } from './upstox/defined.ts'

/** Every practice broker. */
export const definedBrokers: readonly DefinedBroker[] = [
  kiteConnect,
  kiteWeb,
  kotakNeo,
  kotakTrade,
  upstox,
  angelOne,
  samco,
  mstock,
  firstock,
  dhan,
  groww,
  fivePaisa,
  indstocks,
]
