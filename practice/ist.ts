const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
const IST_OFFSET_MS = 5.5 * HOUR_MS

/** The last time at or before `now` that it was `hour` in India, 3.5 for 03:30; both in epoch milliseconds. */
export function lastIst(hour: number, now: number): number {
  const sinceUtcMidnight = hour * HOUR_MS - IST_OFFSET_MS
  return Math.floor((now - sinceUtcMidnight) / DAY_MS) * DAY_MS + sinceUtcMidnight
}

/** An epoch in milliseconds as Kite writes times: `YYYY-MM-DD HH:MM:SS` in India. */
export function indianTime(now: number): string {
  return new Date(now + IST_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}
