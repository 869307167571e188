/** The part of Electron's `globalShortcut` that is used. */
export interface GlobalShortcuts {
  /** Returns false when the system or another program has these keys. */
  register(accelerator: string, onPress: () => void): boolean
  unregister(accelerator: string): void
}

/** Registers the one global shortcut. */
export class Shortcut {
  readonly #system: GlobalShortcuts
  readonly #onPress: () => void
  #wanted: string | null = null
  #registered: string | null = null
  #suspended = false

  constructor(system: GlobalShortcuts, onPress: () => void) {
    this.#system = system
    this.#onPress = onPress
  }

  /** Returns whether the chosen shortcut does nothing, because its registration failed. */
  get isMissing(): boolean {
    return this.#wanted !== null && this.#registered !== this.#wanted && !this.#suspended
  }

  /** Replaces the shortcut; null for none. */
  use(wanted: string | null): void {
    this.#wanted = wanted
    this.tryAgain()
  }

  /** Registers a missing shortcut again, because another program may have released it. */
  tryAgain(): void {
    if (this.#suspended || this.#registered === this.#wanted) return
    this.#release()
    if (this.#wanted !== null && this.#register(this.#wanted)) this.#registered = this.#wanted
  }

  /** Replaces the shortcut if the new one can be registered; returns false otherwise and changes nothing. */
  claim(wanted: string): boolean {
    if (wanted !== this.#registered) {
      if (!this.#register(wanted)) return false
      this.#release()
      this.#registered = wanted
    }
    this.#wanted = wanted
    return true
  }

  /** Releases the keys while suspended, so that the focused window receives them. */
  suspend(suspended: boolean): void {
    if (suspended === this.#suspended) return
    this.#suspended = suspended
    if (suspended) this.#release()
    else this.tryAgain()
  }

  #register(accelerator: string): boolean {
    try {
      return this.#system.register(accelerator, this.#onPress)
    } catch {
      // Electron throws for a key that this system does not have.
      return false
    }
  }

  #release(): void {
    if (this.#registered !== null) this.#system.unregister(this.#registered)
    this.#registered = null
  }
}
