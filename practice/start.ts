import { startKiteConnect } from './kite-connect.ts'
import { startKiteWeb } from './kite-web.ts'
import { startKotakNeo } from './kotak-neo.ts'
import { startKotakTrade } from './kotak-trade.ts'
import type { PracticeBroker, PracticeBrokerOptions, BrokerModel } from './practice-broker.ts'
import { startUpstox } from './upstox.ts'

/** A practice broker that runs, and what it thinks of its one customer. */
export type RunningPractice = PracticeBroker & BrokerModel

type Starter = (options: PracticeBrokerOptions) => Promise<RunningPractice>

const STARTERS: ReadonlyMap<string, Starter> = new Map<string, Starter>([
  ['kite-connect', startKiteConnect],
  ['kite-web', startKiteWeb],
  ['kotak-neo', startKotakNeo],
  ['kotak-trade', startKotakTrade],
  ['upstox', startUpstox],
])

/** The ids of the brokers that can be practised with. */
export const practiceBrokerIds: readonly string[] = [...STARTERS.keys()]

/** Starts the practice broker with this id; rejects when there is none. */
export async function startPracticeBroker(
  brokerId: string,
  options: PracticeBrokerOptions = {},
): Promise<RunningPractice> {
  const start = STARTERS.get(brokerId)
  if (start === undefined) {
    throw new Error(`No practice broker "${brokerId}". There are: ${practiceBrokerIds.join(', ')}`)
  }
  return start(options)
}
