import type { Clock } from '../core/ports.ts'

/** The most time for quitting, ms, because a broker or a keychain prompt may take for ever. */
const QUITS_WITHIN_MS = 5_000
const POLL_INTERVAL_MS = 50

export interface QuittingDeps {
  /** Listens to Electron's `before-quit`, which comes once for each attempt to quit. */
  readonly onBeforeQuit: (listener: (event: { preventDefault(): void }) => void) => void
  readonly quit: () => void
  readonly clock: Clock
  readonly tidyUp: () => Promise<void>
  /** Returns whether running work would block the process's exit, which can't be interrupted once begun. */
  readonly isHeldUp: () => boolean
  /** From now on has uncaught errors logged, in place of Electron's message, which blocks the process until it is read. */
  readonly logUncaughtErrors: () => void
  /** Ends the process at once. */
  readonly kill: () => void
}

/**
 * Tidies up before the app quits, and kills the process when that takes too long. A kill leaves nothing half-written,
 * because files are replaced atomically and attempts are counted before they are sent.
 */
export function quitInTime({
  onBeforeQuit,
  quit,
  clock,
  tidyUp,
  isHeldUp,
  logUncaughtErrors,
  kill,
}: QuittingDeps): void {
  let state: 'running' | 'tidying' | 'tidied' = 'running'
  const tidy = async (): Promise<void> => {
    await tidyUp().catch(() => undefined)
    while (isHeldUp()) await new Promise<void>((resolve) => clock.after(POLL_INTERVAL_MS, resolve))
    state = 'tidied'
    // Delayed, because Electron ignores a quit while it handles the prevented one.
    setImmediate(quit)
  }
  onBeforeQuit((event) => {
    if (state === 'tidied') return
    event.preventDefault()
    if (state === 'tidying') return
    state = 'tidying'
    // What still comes in may find parts of Node gone, and nobody is there to read a message.
    logUncaughtErrors()
    clock.after(QUITS_WITHIN_MS, kill)
    void tidy()
  })
}
