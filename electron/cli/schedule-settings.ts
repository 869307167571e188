import type { Services } from '../compose.ts'
import { nextRunOf, nextRunWords, type NextRun } from '../core/schedule/next-run.ts'
import type { ScheduleSettings } from '../core/schedule/settings.ts'

/** What the schedule does next, and the same in words. */
export function whatComesNext({ accounts, clock, store }: Services): { next: NextRun | null; words: string } {
  const { schedule } = store.state.settings
  const now = clock.now()
  const next = nextRunOf(
    accounts.namesWithLogin.map((name) => accounts.get(name)),
    schedule,
    now,
  )
  return { next, words: nextRunWords(next, schedule, now, new Date(now).getTimezoneOffset()) }
}

/** Changes the schedule's settings; a running tray app follows at once. */
export async function changeSchedule(
  { store }: Services,
  change: (schedule: ScheduleSettings) => ScheduleSettings,
): Promise<void> {
  await store.update((state) => ({
    ...state,
    settings: { ...state.settings, schedule: change(state.settings.schedule) },
  }))
}
