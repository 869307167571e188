import type { Services } from '../../services/services.ts'
import { nextRunOfAll, nextRunWords, type NextRun } from '../../core/schedule/next-run.ts'

/** Returns the next morning run, and a sentence about it. */
export function describeNextRun(services: Services): { nextRun: NextRun | null; sentence: string } {
  const nextRun = nextRunOfAll(services)
  const now = services.clock.now()
  const { schedule } = services.store.state.settings
  return { nextRun, sentence: nextRunWords(nextRun, schedule, now, new Date(now).getTimezoneOffset()) }
}
