/** When the printed schedules log in: before the market opens at 09:15, after the last broker ends its sessions. */
export const INDIA = { hour: 8, minute: 30, zone: 'Asia/Kolkata', days: 'Monday to Friday' } as const

const IST_OFFSET_MS = 5.5 * 60 * 60_000
const DAY_MS = 24 * 60 * 60_000

/** A time on some days of the week, by the clock of this computer. */
export interface LocalTime {
  readonly hour: number
  readonly minute: number
  /** Sunday is 0. West of Europe an Indian Monday morning is a Sunday. */
  readonly days: readonly number[]
  /** True where the clock is changed twice a year, and the Indian time with it. */
  readonly changes: boolean
  /** As the system calls it: `America/New_York`. */
  readonly zone: string
}

/** 08:30 in India from Monday to Friday, as this computer's clock shows it now (epoch ms). */
export function localMorning(now: number): LocalTime {
  const moment = new Date(nextMorning(now))
  const indianDay = new Date(moment.getTime() + IST_OFFSET_MS).getUTCDay()
  const shift = moment.getDay() - indianDay
  const year = moment.getFullYear()
  const offset = (month: number): number => new Date(year, month, 1).getTimezoneOffset()
  return {
    hour: moment.getHours(),
    minute: moment.getMinutes(),
    days: [1, 2, 3, 4, 5].map((day) => (day + shift + 7) % 7),
    changes: new Set([0, 3, 6, 9].map(offset)).size > 1,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}

/** The next 08:30 in India, whatever the day, epoch ms. */
function nextMorning(now: number): number {
  const sinceMidnight = (INDIA.hour * 60 + INDIA.minute) * 60_000
  const midnight = Math.floor((now + IST_OFFSET_MS) / DAY_MS) * DAY_MS - IST_OFFSET_MS
  const today = midnight + sinceMidnight
  return today > now ? today : today + DAY_MS
}

/** `08:05` */
export const clockTime = ({ hour, minute }: Pick<LocalTime, 'hour' | 'minute'>): string =>
  [hour, minute].map((part) => String(part).padStart(2, '0')).join(':')
