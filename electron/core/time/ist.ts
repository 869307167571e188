import { istDate } from '../../contract/words.ts'
import { IST_OFFSET_MS } from './expiry.ts'

/** A day in India, as `YYYY-MM-DD`. Trading days are days in India in every zone of the machine. */
export type IstDay = string

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Returns the day in India at `epochMs`. */
export const dayOf = (epochMs: number): IstDay => istDate(epochMs)

/** Returns the midnight in India at which a day begins, epoch ms. */
export const startOf = (day: IstDay): number => utcMidnight(day) - IST_OFFSET_MS

/** Returns the time `time` (`HH:MM`) in India on a day, epoch ms. */
export const timeOn = (day: IstDay, time: string): number =>
  startOf(day) + Number(time.slice(0, 2)) * HOUR_MS + Number(time.slice(3)) * MINUTE_MS

export const dayAfter = (day: IstDay): IstDay => dayOf(startOf(day) + DAY_MS)

/** Returns the midnight in India at which a day ends, epoch ms. */
export const endOf = (day: IstDay): number => startOf(day) + DAY_MS

export const isWeekend = (day: IstDay): boolean => [0, 6].includes(new Date(utcMidnight(day)).getUTCDay())

const utcMidnight = (day: IstDay): number =>
  Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)))

export const yearOf = (day: IstDay): number => Number(day.slice(0, 4))

/** Returns whether a text is a calendar day as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const start = startOf(text)
  // `Date.UTC` reads the 30th of February as the 2nd of March.
  return !Number.isNaN(start) && dayOf(start) === text
}
