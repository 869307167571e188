import { istTime } from '../../contract/words.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Clock } from '../ports.ts'
import type { StateStore } from '../state/state.ts'
import { dayAfter, dayOf, yearOf } from '../time/ist.ts'
import { nextRun, timeOf, type Planned } from './plan.ts'
import type { ScheduleSettings } from '../state/schedule-settings.ts'
import { calendarNote } from './trading-days.ts'

/** What the schedule does next. */
export interface NextRun {
  /** Epoch ms. */
  readonly at: number
  /** The account that comes first, where they have different times; null where all have the same. */
  readonly account: string | null
}

/** The next run of all accounts that can be logged in to; null when none will come. One that is overdue is due now. */
export function earliestRun(
  accounts: readonly Planned[],
  settings: ScheduleSettings,
  now: number,
): NextRun | null {
  const times = new Set<string>()
  let next: { readonly at: number; readonly account: string } | null = null
  for (const planned of accounts) {
    const at = nextRun(planned, settings, now)
    if (at === null) continue
    times.add(timeOf(planned.account, settings))
    if (next === null || at < next.at) next = { at, account: planned.account.name }
  }
  return next && { at: Math.max(next.at, now), account: times.size > 1 ? next.account : null }
}

/** The next run of a profile's accounts by its settings; null when none will come. */
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
 * What the schedule does next, in one line: "next run tomorrow 08:16", or "next run tomorrow 07:46 for main" where
 * others come later. Days are those of India.
 * @param zoneOffsetMinutes the machine's `Date.getTimezoneOffset()`: away from India the zone is named
 */
export function nextRunWords(
  next: NextRun | null,
  settings: ScheduleSettings,
  now: number,
  zoneOffsetMinutes: number,
  hour12 = false,
): string {
  if (!settings.on) return 'the morning run is turned off'
  if (next === null) return 'no run: no account is logged in by itself'
  const moment = momentWords(next.at, now, zoneOffsetMinutes, hour12)
  if (isPaused(settings, now)) return `paused until ${moment}`
  return `next run ${moment}${next.account === null ? '' : ` for ${next.account}`}`
}

/** Whether the user wants no run for a while. */
export const isPaused = ({ pausedUntil }: ScheduleSettings, now: number): boolean =>
  pausedUntil !== null && pausedUntil > now

/** A moment as "tomorrow 08:16". */
function momentWords(at: number, now: number, zoneOffsetMinutes: number, hour12: boolean): string {
  const zone = zoneOffsetMinutes === -330 ? '' : ' IST'
  return `${dayWords(at, now)} ${istTime(at, hour12)}${zone}`
}

/** The day in India of a moment, as seen from another: "today", "tomorrow", "Mon 23 Nov". All times in epoch ms. */
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
  // Some systems put a comma behind the weekday.
  return words.replace(',', '')
}

/** What the user has to know of the calendar that the next run goes by; null when all of it is known. */
export const calendarNoteFor = (next: NextRun | null, now: number): string | null =>
  calendarNote(yearOf(dayOf(next?.at ?? now)))
