import { exchangeYears } from './holidays.ts'
import { dayAfter, endOf, isWeekend, timeOn, yearOf, type IstDay } from '../time/ist.ts'

/** Days that the user has closed or opened, whatever the exchange's calendar says. */
export interface OwnDays {
  readonly extraClosed: readonly IstDay[]
  readonly extraOpen: readonly IstDay[]
}

/** When the market is open on a day, epoch ms. */
export interface Session {
  readonly opensAt: number
  readonly closesAt: number
}

/** Whether the exchange trades on a day. A year that nothing is known of has only weekdays and weekends. */
export function isTradingDay(day: IstDay, own: OwnDays): boolean {
  if (own.extraClosed.includes(day)) return false
  if (own.extraOpen.includes(day)) return true
  const year = exchangeYears[yearOf(day)]
  if (year?.special[day] !== undefined) return true
  return !isWeekend(day) && year?.closed[day] === undefined
}

/**
 * The market's hours on a trading day: 09:15 to 15:30 (https://www.nseindia.com/resources/exchange-communication-holidays)
 * unless the day has hours of its own. A session whose end is not known lasts to midnight, so that nothing is missed.
 */
export function sessionOn(day: IstDay): Session {
  const special = exchangeYears[yearOf(day)]?.special[day]
  const closes = special === undefined ? '15:30' : special.closes
  return {
    opensAt: timeOn(day, special?.opens ?? '09:15'),
    closesAt: closes === null ? endOf(day) : timeOn(day, closes),
  }
}

/** The first trading day from `day` on, itself included; null when the user has closed more than a year. */
export function nextTradingDay(day: IstDay, own: OwnDays): IstDay | null {
  let candidate = day
  for (let tries = 0; tries < MAX_DAYS; tries++) {
    if (isTradingDay(candidate, own)) return candidate
    candidate = dayAfter(candidate)
  }
  return null
}

const MAX_DAYS = 400

/** What the user has to know of a year's holidays; null when the exchange has published them all. */
export function calendarNote(year: number): string | null {
  const known = exchangeYears[year]
  if (known?.published === true) return null
  if (known === undefined) {
    return `The exchange’s holidays of ${year} are not known to TokenTray: every weekday counts as a trading day.`
  }
  return (
    `The exchange had not published its holidays of ${year} when this version was made: TokenTray knows those with ` +
    'fixed dates, and every other weekday counts as a trading day.'
  )
}
