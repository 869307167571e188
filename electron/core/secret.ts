const hidden = '[secret]'

/** The name under which Node's `inspect` looks for how a value prints itself; registered so that nothing need be imported. */
const inspectCustom = Symbol.for('nodejs.util.inspect.custom')

/** Holds a value that must never be shown. Printing, joining or serialising it gives `[secret]`. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** Returns the value. Call this only to send the value, to compute with it or to store it. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return hidden
  }

  toJSON(): string {
    return hidden
  }

  [inspectCustom](): string {
    return hidden
  }
}
