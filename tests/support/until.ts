/** Pause between two polls, ms. */
export const POLL_EVERY_MS = 50
/** Far longer than anything here takes, because a time-out says nothing about the product. In ms. */
export const PATIENCE_MS = 60_000

/**
 * Polls until `look` finds something, and returns it. Works outside Vitest too, for the benchmarks.
 * @param what names it in the error of a time-out: "the tray icon"
 */
export async function until<T>(what: string, look: () => T | null | Promise<T | null>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const seen = await look()
    if (seen !== null) return seen
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS))
  }
}
