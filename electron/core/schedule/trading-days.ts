import type { ExchangeDay } from '../../contract/settings.ts'
import type { MarketView } from '../../contract/state.ts'
import { exchangeYears } from './holidays.ts'
import { dayAfter, endOf, isWeekend, timeOn, yearOf, type IstDay } from '../time/ist.ts'

/** The user's closed and open days, which override the exchange's calendar. */
export interface DayOverrides {
  readonly extraClosed: readonly IstDay[]
  readonly extraOpen: readonly IstDay[]
}

/** The market hours of a day, epoch ms. */
export interface Session {
  readonly opensAt: number
  readonly closesAt: number
}

/** Returns whether the exchange trades on a day. In a year without a calendar, every weekday is a trading day. */
export function isTradingDay(day: IstDay, overrides: DayOverrides): boolean {
  if (overrides.extraClosed.includes(day)) return false
  if (overrides.extraOpen.includes(day)) return true
  const year = exchangeYears[yearOf(day)]
  if (year?.special[day] !== undefined) return true
  return !isWeekend(day) && year?.closed[day] === undefined
}

/**
 * Returns the market hours of a trading day: 09:15 to 15:30
 * (https://www.nseindia.com/resources/exchange-communication-holidays) unless the day has special hours. A session with
 * an unknown end lasts until midnight, so that no run is missed.
 */
export function sessionOn(day: IstDay): Session {
  const special = exchangeYears[yearOf(day)]?.special[day]
  const closes = special === undefined ? '15:30' : special.closes
  return {
    opensAt: timeOn(day, special?.opens ?? '09:15'),
    closesAt: closes === null ? endOf(day) : timeOn(day, closes),
  }
}

/** Returns the exchange's day as the popover shows it. The user's own closed days have no name. */
export function marketOn(day: IstDay, overrides: DayOverrides): MarketView {
  if (isTradingDay(day, overrides)) return { session: sessionOn(day), holiday: null }
  return { session: null, holiday: exchangeYears[yearOf(day)]?.closed[day] ?? null }
}

/** Brokers whose tokens end at 23:59 mean midnight, which is the close of a session without announced hours, ms. */
const LAST_MINUTE_MS = 60_000

/** Tells whether what ends at `endsAt` lasts a day's session, whose end is `closesAt`, both epoch ms. */
export const lastsUntilClose = (endsAt: number, closesAt: number): boolean =>
  endsAt >= closesAt - LAST_MINUTE_MS

/** How long before the market opens a missing token is urgent, ms. */
const URGENT_MS = 60 * 60_000

/** Returns when tokens are wanted on a day: from an hour before the market opens until it closes; null on a closed day. */
export function tokensWantedOn(day: IstDay, overrides: DayOverrides): { from: number; until: number } | null {
  if (!isTradingDay(day, overrides)) return null
  const { opensAt, closesAt } = sessionOn(day)
  return { from: opensAt - URGENT_MS, until: closesAt }
}

/** Returns the first trading day from `day` on, inclusive; null when the user has closed more than a year. */
export function nextTradingDay(day: IstDay, overrides: DayOverrides): IstDay | null {
  let candidate = day
  for (let tries = 0; tries < MAX_DAYS; tries++) {
    if (isTradingDay(candidate, overrides)) return candidate
    candidate = dayAfter(candidate)
  }
  return null
}

const MAX_DAYS = 400

/** Returns a note on a year's missing holidays; null when the exchange has published them all. */
export function calendarNote(year: number): string | null {
  const known = exchangeYears[year]
  if (known?.published === true) return null
  if (known === undefined) {
    return `This version has no holidays of ${year}. Update, or add them in the settings.`
  }
  return `This version doesn’t have all holidays of ${year}. Update, or add them in the settings.`
}

/** Returns all days of the known calendars that are not as their weekday says. */
export const exchangeDays = (): ExchangeDay[] =>
  Object.values(exchangeYears).flatMap(({ closed, special }) => [
    ...Object.entries(closed).map(([date, name]): ExchangeDay => ({ date, is: 'closed', name })),
    ...Object.entries(special).map(([date, { name }]): ExchangeDay => ({ date, is: 'open', name })),
  ])
