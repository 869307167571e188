/** How long a cancelled command may take to tidy up, ms: to take back an attempt, to write down how it ended. */
const TIDYING_MS = 2_000

/**
 * Ends the process by a signal once a cancelled command has had its time. A keychain that waits for its owner, or a
 * name that is being looked up, holds a thread that no cancelling reaches, and `process.exit` would wait for it too.
 */
export function dieWhenStuck(signal: NodeJS.Signals): void {
  // Does not keep a command alive that ends by itself.
  setTimeout(() => dieOf(signal), TIDYING_MS).unref()
}

/** Ends the process as `signal` does to a program that knows nothing of it; shells show 128 and its number. */
export function dieOf(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}
