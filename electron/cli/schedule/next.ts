import type { Services } from '../../services/services.ts'
import { nextRunOfAll, nextRunWords, type NextRun } from '../../core/schedule/next-run.ts'

/** What the schedule does next, and the same in words. */
export function whatComesNext(services: Services): { next: NextRun | null; words: string } {
  const next = nextRunOfAll(services)
  const now = services.clock.now()
  const { schedule } = services.store.state.settings
  return { next, words: nextRunWords(next, schedule, now, new Date(now).getTimezoneOffset()) }
}
