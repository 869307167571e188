import type { Clock } from '../../core/ports.ts'

/** A click that takes the focus away arrives within this time, ms. */
const SAME_CLICK_MS = 250

/**
 * Tells the click that has just hidden a window from one that is to show it: on Windows and macOS a click on the tray
 * icon first takes the focus from the window, which hides it, and only then counts as a click.
 */
export class HiddenByBlur {
  readonly #clock: Clock
  #hiddenAt = -Infinity

  constructor(clock: Clock) {
    this.#clock = clock
  }

  hide(): void {
    this.#hiddenAt = this.#clock.now()
  }

  /** Whether a click now is the one that hid it. */
  get isSameClick(): boolean {
    const passed = this.#clock.now() - this.#hiddenAt
    // The clock may have been set back.
    return passed >= 0 && passed < SAME_CLICK_MS
  }
}
