import { dayOf, timeOn } from '../../../core/time/ist.ts'

/** The time of printed schedules: before the market opens at 09:15, after the last broker ends its sessions. */
export const INDIA = { time: '08:30', zone: 'Asia/Kolkata' } as const

const WEEK_MS = 7 * 24 * 60 * 60_000

/** A time of day on this computer's clock. */
export interface LocalTime {
  readonly hour: number
  readonly minute: number
  /** How much earlier the run is in India during summer time, minutes; 0 in a zone without it. */
  readonly earlierInSummer: number
  /** The system's name of the zone, such as `America/New_York`. */
  readonly zone: string
}

/** Converts 08:30 in India to this computer's winter time, which in summer is early in India and never late. */
export function localRunTime(now: number): LocalTime {
  const weeks = Array.from({ length: 53 }, (_, week) => {
    const moment = new Date(timeOn(dayOf(now + week * WEEK_MS), INDIA.time))
    return { moment, west: moment.getTimezoneOffset() }
  })
  const winter = weeks.reduce((found, other) => (other.west > found.west ? other : found))
  return {
    hour: winter.moment.getHours(),
    minute: winter.moment.getMinutes(),
    earlierInSummer: winter.west - Math.min(...weeks.map(({ west }) => west)),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}

/** Formats a time such as `08:05`. */
export const clockTime = (hour: number, minute: number): string =>
  [hour, minute].map((part) => String(part).padStart(2, '0')).join(':')
