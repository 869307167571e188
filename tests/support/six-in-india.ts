/**
 * Returns when a Kite token made at `now` (epoch ms) ends, in words for a reader in India: the next 06:00, which
 * after midnight is on the same day.
 */
export function endsInWords(now: number): string {
  const hour = Number(
    new Date(now).toLocaleString('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: 'Asia/Kolkata' }),
  )
  return hour < 6 ? 'until 06:00 today' : 'until 06:00 tomorrow'
}

/** Returns the current day in India, `YYYY-MM-DD`. */
export const todayInIndia = (): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(new Date())
