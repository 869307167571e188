/** From here on a wrong clock is worth a word, ms. */
const WORTH_A_WORD_MS = 10_000

/**
 * What to tell the user about a clock offset (the broker's clock minus ours, ms; null when not known); null when
 * there is nothing to tell.
 */
export function clockWarning(offsetMs: number | null): string | null {
  if (offsetMs === null || Math.abs(offsetMs) <= WORTH_A_WORD_MS) return null
  const seconds = Math.round(Math.abs(offsetMs) / 1000)
  const direction = offsetMs > 0 ? 'behind' : 'ahead of'
  return (
    `This computer’s clock is ${seconds} s ${direction} the broker’s. ` +
    'The codes here allow for it; turn on automatic time in the system settings.'
  )
}
