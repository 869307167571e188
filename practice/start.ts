import { definedBrokers } from './defined.ts'
import { startKiteConnect } from './kite-connect.ts'
import { startKiteWeb } from './kite-web.ts'
import { startKotakNeo } from './kotak-neo.ts'
import { startKotakTrade } from './kotak-trade.ts'
import type { PracticeBroker, PracticeBrokerOptions, BrokerModel } from './practice-broker.ts'
import { startUpstox } from './upstox.ts'

/** A running practice broker with its model. */
export type RunningPractice = PracticeBroker & BrokerModel

type Starter = (options: PracticeBrokerOptions) => Promise<RunningPractice>

const STARTERS: ReadonlyMap<string, Starter> = new Map<string, Starter>([
  ['kite-connect', startKiteConnect],
  ['kite-web', startKiteWeb],
  ['kotak-neo', startKotakNeo],
  ['kotak-trade', startKotakTrade],
  ['upstox', startUpstox],
  ...definedBrokers.map(({ id, start }): [string, Starter] => [id, start]),
])

/** The ids of the brokers that have a practice broker. */
export const practiceBrokerIds: readonly string[] = [...STARTERS.keys()]

/**
 * Starts the practice broker with this id.
 * @throws Error when no practice broker has this id
 */
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
