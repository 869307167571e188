const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
const IST_OFFSET_MS = 5.5 * HOUR_MS

/**
 * Returns the last moment at or before `now` when it was `hour` in India; epoch milliseconds.
 * @param hour with a fraction: 3.5 is 03:30
 */
export function lastIst(hour: number, now: number): number {
  const sinceUtcMidnight = hour * HOUR_MS - IST_OFFSET_MS
  return Math.floor((now - sinceUtcMidnight) / DAY_MS) * DAY_MS + sinceUtcMidnight
}

/** Formats epoch milliseconds as Kite writes times: `YYYY-MM-DD HH:MM:SS` in India. */
export function indianTime(now: number): string {
  return new Date(now + IST_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}
