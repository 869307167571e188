import { inspect } from 'node:util'

const hidden = '[secret]'

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

  [inspect.custom](): string {
    return hidden
  }
}
