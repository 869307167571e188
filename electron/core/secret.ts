import { inspect } from 'node:util'

const hidden = '[secret]'

/** A value that must not be seen. Whatever prints, joins or serialises it gets `[secret]` instead. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The value itself. Call it only where it is sent, computed with or stored. */
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
