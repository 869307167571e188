import type { Clock } from '../core/ports.ts'

/** What quitting may take, ms. What is in the way then (a broker, a keychain that asks the user) may take for ever. */
const QUITS_WITHIN_MS = 5_000
const LOOK_EVERY_MS = 50

export interface QuittingDeps {
  /** Electron's `before-quit`, which comes again for each try. */
  readonly onBeforeQuit: (listener: (event: { preventDefault(): void }) => void) => void
  readonly quit: () => void
  readonly clock: Clock
  readonly tidyUp: () => Promise<void>
  /** Whether something still holds up the end of the process, which nothing could cut short once it has begun. */
  readonly isHeldUp: () => boolean
  /** Ends the process at once. */
  readonly kill: () => void
}

/**
 * Has the app tidy up before it quits, and ends it anyway when that takes too long. Nothing is left half-written then:
 * files are replaced in one stroke, and what has been sent is counted before.
 */
export function quitInTime({ onBeforeQuit, quit, clock, tidyUp, isHeldUp, kill }: QuittingDeps): void {
  let state: 'running' | 'tidying' | 'tidied' = 'running'
  const tidy = async (): Promise<void> => {
    await tidyUp().catch(() => undefined)
    while (isHeldUp()) await new Promise<void>((resolve) => clock.after(LOOK_EVERY_MS, resolve))
    state = 'tidied'
    // Not at once: Electron is still inside the quit that was just prevented, and would not hear of another.
    setImmediate(quit)
  }
  onBeforeQuit((event) => {
    if (state === 'tidied') return
    event.preventDefault()
    if (state === 'tidying') return
    state = 'tidying'
    clock.after(QUITS_WITHIN_MS, kill)
    void tidy()
  })
}
