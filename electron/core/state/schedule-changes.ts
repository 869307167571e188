import type { DayKind } from '../../contract/settings.ts'
import type { Morning } from '../../contract/state.ts'
import type { StateStore } from './state.ts'
import { dayOf, endOf, isDay, startOf, type IstDay } from '../time/ist.ts'
import type { ScheduleSettings } from './schedule-settings.ts'

/** Changes the schedule's settings. A running tray app applies them at once. */
export async function changeSchedule(
  store: StateStore,
  change: (schedule: ScheduleSettings) => ScheduleSettings,
): Promise<void> {
  await store.update((state) => ({
    ...state,
    settings: { ...state.settings, schedule: change(state.settings.schedule) },
  }))
}

/**
 * Returns when a pause ends, epoch ms: at the end of this day for `today`, else at the start of the day `until`
 * (`YYYY-MM-DD`). Null when `until` is not a future day.
 */
export function pauseEnd(until: string, now: number): number | null {
  if (until === 'today') return endOf(dayOf(now))
  return isDay(until) && startOf(until) > now ? startOf(until) : null
}

/** Returns what the schedule does for an account from `day` on. */
export function morningOf(name: string, { skipped, skippedOn }: ScheduleSettings, day: IstDay): Morning {
  if (skipped.includes(name)) return 'off'
  return skippedOn[name] === day ? 'not-today' : 'on'
}

/** Returns `schedule` with an account turned on, skipped on `day`, or turned off. */
export function withMorning(
  schedule: ScheduleSettings,
  name: string,
  morning: Morning,
  day: IstDay,
): ScheduleSettings {
  const others = unskipped(schedule, name)
  switch (morning) {
    case 'on':
      return others
    case 'not-today':
      return { ...others, skippedOn: { ...others.skippedOn, [name]: day } }
    case 'off':
      return { ...others, skipped: [...others.skipped, name] }
  }
}

/** Returns `schedule` without a removed account, so that a later one of the same name does not inherit its settings. */
export const withoutAccount = (schedule: ScheduleSettings, name: string): ScheduleSettings =>
  withTime(unskipped(schedule, name), name, null)

/** Returns `schedule` with a time of day (`HH:MM` in India) for one account; null for the common time. */
export function withTime(schedule: ScheduleSettings, name: string, time: string | null): ScheduleSettings {
  const others = without(schedule.times, name)
  return { ...schedule, times: time === null ? others : { ...others, [name]: time } }
}

const unskipped = (schedule: ScheduleSettings, name: string): ScheduleSettings => ({
  ...schedule,
  skipped: schedule.skipped.filter((other) => other !== name),
  skippedOn: without(schedule.skippedOn, name),
})

const without = (record: Readonly<Record<string, string>>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(record).filter(([other]) => other !== name))

/** Returns `schedule` with a day (`YYYY-MM-DD`) that the user declares open, closed or as in the calendar. */
export const withDay = (schedule: ScheduleSettings, day: IstDay, kind: DayKind): ScheduleSettings => ({
  ...schedule,
  extraClosed: listed(schedule.extraClosed, day, kind === 'closed'),
  extraOpen: listed(schedule.extraOpen, day, kind === 'open'),
})

function listed(days: readonly IstDay[], day: IstDay, isIn: boolean): IstDay[] {
  const others = days.filter((other) => other !== day)
  return isIn ? [...others, day].sort() : others
}
