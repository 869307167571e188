import { dayOf, timeOn } from '../../../core/time/ist.ts'

/** When the printed schedules log in: before the market opens at 09:15, after the last broker ends its sessions. */
export const INDIA = { time: '08:30', zone: 'Asia/Kolkata' } as const

const WEEK_MS = 7 * 24 * 60 * 60_000

/** A time of day by the clock of this computer. */
export interface LocalTime {
  readonly hour: number
  readonly minute: number
  /** How much earlier than in winter it is in India while summer time lasts, minutes; 0 where clocks are never changed. */
  readonly earlierInSummer: number
  /** As the system calls it: `America/New_York`. */
  readonly zone: string
}

/** 08:30 in India as this computer's clock shows it in winter: the same time is early there in summer, and never late. */
export function localMorning(now: number): LocalTime {
  const mornings = Array.from({ length: 53 }, (_, week) => {
    const moment = new Date(timeOn(dayOf(now + week * WEEK_MS), INDIA.time))
    return { moment, west: moment.getTimezoneOffset() }
  })
  const winter = mornings.reduce((found, other) => (other.west > found.west ? other : found))
  return {
    hour: winter.moment.getHours(),
    minute: winter.moment.getMinutes(),
    earlierInSummer: winter.west - Math.min(...mornings.map(({ west }) => west)),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}

/** `08:05` */
export const clockTime = (hour: number, minute: number): string =>
  [hour, minute].map((part) => String(part).padStart(2, '0')).join(':')
