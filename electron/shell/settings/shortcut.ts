/** The part of Electron's `globalShortcut` that is used. */
export interface GlobalShortcuts {
  /** False when the system, or another program, has these keys. */
  register(accelerator: string, onPress: () => void): boolean
  unregister(accelerator: string): void
}

/** The one shortcut that works from anywhere. */
export class Shortcut {
  readonly #system: GlobalShortcuts
  readonly #onPress: () => void
  #wanted: string | null = null
  #held: string | null = null
  #lent = false

  constructor(system: GlobalShortcuts, onPress: () => void) {
    this.#system = system
    this.#onPress = onPress
  }

  /** Whether the shortcut that was chosen does nothing, because it could not be had. */
  get isMissing(): boolean {
    return this.#wanted !== null && this.#held !== this.#wanted && !this.#lent
  }

  /** Makes this the shortcut, in place of the former; null for none. */
  use(wanted: string | null): void {
    this.#wanted = wanted
    this.tryAgain()
  }

  /** Another program may have let go of it meanwhile. */
  tryAgain(): void {
    if (this.#lent || this.#held === this.#wanted) return
    this.#release()
    if (this.#wanted !== null && this.#take(this.#wanted)) this.#held = this.#wanted
  }

  /** Makes this the shortcut if it can be had. False when it can't, and all stays as it was. */
  claim(wanted: string): boolean {
    if (wanted !== this.#held) {
      if (!this.#take(wanted)) return false
      this.#release()
      this.#held = wanted
    }
    this.#wanted = wanted
    return true
  }

  /** While lent, the keys go to whoever has the keyboard. */
  lend(lent: boolean): void {
    if (lent === this.#lent) return
    this.#lent = lent
    if (lent) this.#release()
    else this.tryAgain()
  }

  #take(accelerator: string): boolean {
    try {
      return this.#system.register(accelerator, this.#onPress)
    } catch {
      // A name that this system has no key for.
      return false
    }
  }

  #release(): void {
    if (this.#held !== null) this.#system.unregister(this.#held)
    this.#held = null
  }
}
