/** When a stored secret was set: "set on 12 Nov", with the year when it is not this one. */
export function setOnWords(setAt: number, now: number, timeZone?: string): string {
  const words = (options: Intl.DateTimeFormatOptions, moment: number): string =>
    new Date(moment).toLocaleDateString('en-GB', timeZone === undefined ? options : { ...options, timeZone })
  const sameYear = words({ year: 'numeric' }, setAt) === words({ year: 'numeric' }, now)
  const day = { day: 'numeric', month: 'short' } as const
  return `set on ${words(sameYear ? day : { ...day, year: 'numeric' }, setAt)}`
}
