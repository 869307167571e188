const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS
// India has had one zone and no daylight saving since 1945, so plain arithmetic is right for every broker.
const IST_OFFSET_MS = 5.5 * HOUR_MS

/** The first moment after `issuedAt` (epoch ms) at which it is `hour` o'clock in India, epoch ms. */
export function nextIstHour(issuedAt: number, hour: number): number {
  const sinceBoundary = (((issuedAt + IST_OFFSET_MS - hour * HOUR_MS) % DAY_MS) + DAY_MS) % DAY_MS
  return issuedAt - sinceBoundary + DAY_MS
}
