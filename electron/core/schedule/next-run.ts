import { istTime } from '../../contract/words.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Clock } from '../ports.ts'
import type { StateStore } from '../state/state.ts'
import { dayAfter, dayOf, yearOf } from '../time/ist.ts'
import { nextRun, runTimeOf, type Planned } from './plan.ts'
import { plannedTime } from './run-time.ts'
import type { ScheduleSettings } from '../state/schedule-settings.ts'
import { calendarNote } from './trading-days.ts'

/** The next run of the schedule. */
export interface NextRun {
  /** Epoch ms. */
  readonly at: number
  /** The time that the user has set for it, epoch ms: `at` without its random delay, where it has one. */
  readonly plannedAt?: number
  /** The account of the run; null when all accounts have the same run time. */
  readonly account: string | null
}

/** Returns the earliest run of the accounts; null for none. An overdue run is due now. */
export function earliestRun(
  accounts: readonly Planned[],
  settings: ScheduleSettings,
  now: number,
): NextRun | null {
  const runTimes = new Set<string>()
  let next: { readonly at: number; readonly planned: Planned } | null = null
  for (const planned of accounts) {
    const at = nextRun(planned, settings, now)
    if (at === null) continue
    runTimes.add(runTimeOf(planned.account, settings))
    if (next === null || at < next.at) next = { at, planned }
  }
  if (next === null) return null
  const at = Math.max(next.at, now)
  const { account, broker } = next.planned
  return {
    at,
    plannedAt: Math.max(plannedTime(at, runTimeOf(account, settings), account, broker), now),
    account: runTimes.size > 1 ? account.name : null,
  }
}

/** Returns the earliest run of all accounts with a login; null for none. */
export const nextRunOfAll = ({
  accounts,
  clock,
  store,
}: {
  readonly accounts: Accounts
  readonly clock: Clock
  readonly store: StateStore
}): NextRun | null =>
  earliestRun(
    accounts.namesWithLogin.map((name) => accounts.open(name)),
    store.state.settings.schedule,
    clock.now(),
  )

/**
 * Describes the next run in one line: "next login tomorrow 08:15", or "next login tomorrow 07:45 for main" when other
 * accounts run later. Days are days in India.
 * @param zoneOffsetMinutes the machine's `Date.getTimezoneOffset()`; outside India the text names the zone
 */
export function nextRunWords(
  next: NextRun | null,
  settings: ScheduleSettings,
  now: number,
  zoneOffsetMinutes: number,
  hour12 = false,
): string {
  if (!settings.on) return 'morning login is off'
  if (next === null) return 'no morning login: no account logs in automatically'
  const moment = momentWords(next.plannedAt ?? next.at, now, zoneOffsetMinutes, hour12)
  if (isPaused(settings, now)) return `paused until ${moment}`
  return `next login ${moment}${next.account === null ? '' : ` for ${next.account}`}`
}

/** Returns whether the schedule is paused. */
export const isPaused = ({ pausedUntil }: ScheduleSettings, now: number): boolean =>
  pausedUntil !== null && pausedUntil > now

/** Formats a time as "tomorrow 08:16". */
function momentWords(at: number, now: number, zoneOffsetMinutes: number, hour12: boolean): string {
  const zone = zoneOffsetMinutes === -330 ? '' : ' IST'
  return `${dayWords(at, now)} ${istTime(at, hour12)}${zone}`
}

/** Formats the day in India of a time (epoch ms), relative to `now`: "today", "tomorrow", "Mon 23 Nov". */
export function dayWords(at: number, now: number): string {
  const day = dayOf(at)
  const today = dayOf(now)
  if (day === today) return 'today'
  if (day === dayAfter(today)) return 'tomorrow'
  const words = new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
  // Some ICU versions put a comma after the weekday.
  return words.replace(',', '')
}

/** Returns a note on the calendar of the next run; null when the calendar is complete. */
export const calendarNoteFor = (next: NextRun | null, now: number): string | null =>
  calendarNote(yearOf(dayOf(next?.at ?? now)))
