/** Returns the day of a past moment: "12 Nov", with the year unless it is the current one. */
export function dayWords(moment: number, now: number, timeZone?: string): string {
  const words = (options: Intl.DateTimeFormatOptions, of: number): string =>
    new Date(of).toLocaleDateString('en-GB', timeZone === undefined ? options : { ...options, timeZone })
  const sameYear = words({ year: 'numeric' }, moment) === words({ year: 'numeric' }, now)
  const day = { day: 'numeric', month: 'short' } as const
  return words(sameYear ? day : { ...day, year: 'numeric' }, moment)
}

/** Returns when a stored secret was set: "set on 12 Nov". */
export const setOnWords = (setAt: number, now: number, timeZone?: string): string =>
  `set on ${dayWords(setAt, now, timeZone)}`
