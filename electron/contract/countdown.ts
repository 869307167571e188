/** Seconds left as a person counts them: 1 until the moment itself. Never below 0. */
export const secondsLeft = (endsAt: number, now: number): number =>
  Math.max(0, Math.ceil((endsAt - now) / 1000))

/** From here on the ring warns that the code is about to change, and the next one is shown beside it. */
export const LATE_SECONDS = 10

/** From here on the next code is copied in place of the one shown: nobody types a code in less. */
export const LAST_SECONDS = 3

/** How long a code that has ended may stand while the next is on its way. */
export const isStale = (endsAt: number, now: number): boolean => now - endsAt > 1000

/** How much of a code's time is left, from 1 to 0. */
export function shareLeft(
  seconds: number,
  { startsAt, endsAt }: { startsAt: number; endsAt: number },
): number {
  const all = (endsAt - startsAt) / 1000
  return all <= 0 ? 0 : Math.min(1, seconds / all)
}
