/**
 * When a Kite token made at `now` (epoch ms) ends, in the words of somebody in India: at the next six o'clock in
 * the morning, which after midnight is the same day's.
 */
export function endsInWords(now: number): string {
  const hour = Number(
    new Date(now).toLocaleString('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: 'Asia/Kolkata' }),
  )
  return hour < 6 ? 'until 06:00 today' : 'until 06:00 tomorrow'
}

/** The day that it is in India, `YYYY-MM-DD`. */
export const todayInIndia = (): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(new Date())
