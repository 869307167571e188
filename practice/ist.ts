const IST_OFFSET_MS = 5.5 * 3_600_000
const DAY_MS = 24 * 3_600_000
/** 06:00 in India is half past midnight UTC, all year round. */
const SIX_IN_INDIA_MS = 0.5 * 3_600_000

/** The last 06:00 IST at or before `now`; both in epoch milliseconds. */
export function lastSixInIndia(now: number): number {
  return Math.floor((now - SIX_IN_INDIA_MS) / DAY_MS) * DAY_MS + SIX_IN_INDIA_MS
}

/** An epoch in milliseconds as Kite writes times: `YYYY-MM-DD HH:MM:SS` in India. */
export function indianTime(now: number): string {
  return new Date(now + IST_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}
