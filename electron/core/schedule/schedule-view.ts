import type { ScheduleView } from '../../contract/state.ts'
import { calendarNoteFor, isPaused, nextRunWords, type NextRun } from './next-run.ts'
import type { ScheduleSettings } from '../state/schedule-settings.ts'

/**
 * Returns the schedule as the pages show it.
 * @param now epoch ms
 * @param zoneOffsetMinutes the machine's `Date.getTimezoneOffset()`
 */
export function scheduleView(
  next: NextRun | null,
  settings: ScheduleSettings,
  now: number,
  zoneOffsetMinutes: number,
  hour12: boolean,
): ScheduleView {
  const words = nextRunWords(next, settings, now, zoneOffsetMinutes, hour12)
  return {
    words: `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
    calendarNote: settings.on ? calendarNoteFor(next, now) : null,
    state: !settings.on ? 'off' : isPaused(settings, now) ? 'paused' : 'on',
  }
}
