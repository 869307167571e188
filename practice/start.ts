import { definedBrokers } from './defined.ts'
import type { PracticeBroker, PracticeBrokerOptions, BrokerModel } from './practice-broker.ts'

/** A running practice broker with its model. */
export type RunningPractice = PracticeBroker & BrokerModel

/** The ids of the brokers that have a practice broker. */
export const practiceBrokerIds: readonly string[] = definedBrokers.map(({ id }) => id)

/**
 * Starts the practice broker with this id.
 * @throws Error when no practice broker has this id
 */
export async function startPracticeBroker(
  brokerId: string,
  options: PracticeBrokerOptions = {},
): Promise<RunningPractice> {
  const broker = definedBrokers.find(({ id }) => id === brokerId)
  if (broker === undefined) {
    throw new Error(`No practice broker "${brokerId}". There are: ${practiceBrokerIds.join(', ')}`)
  }
  return broker.start(options)
}
