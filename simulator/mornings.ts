import { addAccounts } from './add-accounts.ts'
import { SeededRandom } from './seeded-random.ts'
import { Counts } from './counts.ts'
import { Day } from './day.ts'
import { openTraderBrokers } from './trader-broker.ts'
import { loadAhead } from './load-ahead.ts'
import { Violation } from './ledger.ts'
import { Machine, Process } from './machine.ts'
import { Network } from './network.ts'
import { VirtualTime } from './virtual-time.ts'
import { FaultSchedule } from './fault-schedule.ts'

const DAY_MS = 24 * 60 * 60_000
/** Saturday 21 November 2026, 08:15 in India. */
const FIRST_MORNING = Date.UTC(2026, 10, 21, 2, 45)

/** The result of a run of mornings. */
export interface Report {
  readonly counts: Counts
  readonly requests: number
  /** The broken rule and its morning, counted from 1; null when every rule held. */
  readonly violation: { readonly morning: number; readonly message: string } | null
}

/**
 * Plays that many mornings, and stops at a broken rule. The same seed gives the same mornings.
 * @param brokerId limits the run to one broker
 */
export async function simulate(mornings: number, seed: number, brokerId?: string): Promise<Report> {
  await loadAhead()
  const random = new SeededRandom(seed)
  const time = new VirtualTime(FIRST_MORNING)
  const traderBrokers = openTraderBrokers(() => time.now(), random, brokerId)
  const faults = new FaultSchedule(random)
  const seenOnTheWay: unknown[] = []
  const onViolation = (error: unknown): void => void seenOnTheWay.push(error)
  const network = new Network({ time, random, faults, traderBrokers, onViolation })
  const machine = new Machine(time, network.fetch)
  const counts = new Counts()
  await time.run(addAccounts(new Process(machine).accounts, traderBrokers))
  const tallied = (): Counts => {
    counts.savedByProof = traderBrokers.reduce((sum, { ledger }) => sum + ledger.savedByProof, 0)
    counts.addressBoundProbes = traderBrokers.reduce(
      (sum, { service }) => sum + service.addressBoundProbes,
      0,
    )
    return counts
  }
  const day = new Day({ machine, random, faults, traderBrokers, counts })
  const untilNextMorning = (): number => {
    const sinceMorning = (time.now() - FIRST_MORNING) % DAY_MS
    return (sinceMorning === 0 ? 0 : DAY_MS - sinceMorning) + random.between(0, 15 * 60_000)
  }
  for (let morning = 1; morning <= mornings; morning++) {
    try {
      await time.run(time.sleep(untilNextMorning()))
      await time.run(day.live())
      if (seenOnTheWay.length > 0) throw seenOnTheWay[0]
    } catch (error) {
      const broken = seenOnTheWay[0] ?? error
      if (!(broken instanceof Violation)) throw broken
      return {
        counts: tallied(),
        requests: network.requests,
        violation: { morning, message: broken.message },
      }
    }
  }
  return { counts: tallied(), requests: network.requests, violation: null }
}
