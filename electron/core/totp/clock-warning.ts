/** The smallest clock offset with a warning, ms. */
const MIN_OFFSET_MS = 10_000

/**
 * Returns the warning about a clock offset (the broker's clock minus ours, ms; null when unknown); null for no warning.
 * @param isConfirmed whether two hosts agree on it
 */
export function clockWarning(offsetMs: number | null, isConfirmed = true): string | null {
  if (offsetMs === null || Math.abs(offsetMs) <= MIN_OFFSET_MS) return null
  const seconds = Math.round(Math.abs(offsetMs) / 1000)
  if (!isConfirmed) {
    return (
      `One broker says that your clock is ${seconds} s ${offsetMs > 0 ? 'slow' : 'fast'}, and no other confirms it. ` +
      'Only that broker’s codes are corrected; turn on automatic time.'
    )
  }
  const direction = offsetMs > 0 ? 'slow' : 'fast'
  return `Your clock is ${seconds} s ${direction}. Codes here are corrected; turn on automatic time.`
}
