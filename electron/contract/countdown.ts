/** Returns the seconds left, rounded up, so that it is 1 until the end itself. Never below 0. */
export const secondsLeft = (endsAt: number, now: number): number =>
  Math.max(0, Math.ceil((endsAt - now) / 1000))

/** Below this the ring warns of the code's end, and the page shows the next code beside it, s. */
export const LATE_SECONDS = 10

/** Below this the next code is copied in place of the shown one, because typing a code takes longer, s. */
export const LAST_SECONDS = 3

/** Returns whether a code has ended so long ago that it must not be shown while the next is loading. */
export const isStale = (endsAt: number, now: number): boolean => now - endsAt > 1000

/** Returns the share of a code's time that is left, from 1 to 0. */
export function shareLeft(
  seconds: number,
  { startsAt, endsAt }: { startsAt: number; endsAt: number },
): number {
  const all = (endsAt - startsAt) / 1000
  return all <= 0 ? 0 : Math.min(1, seconds / all)
}
