const LOOK_EVERY_MS = 50
/** Far longer than anything here takes: a test that fails for lack of time tells nothing. */
const PATIENCE_MS = 60_000

/**
 * Looks again and again until there is something to see, and returns it.
 * @param what for the error when it never comes: "the tray icon"
 */
export async function until<T>(what: string, look: () => T | null | Promise<T | null>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const seen = await look()
    if (seen !== null) return seen
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}
