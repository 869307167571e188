const hidden = '[secret]'
/** The name under which Node's `inspect` looks for how a value prints itself; registered so that nothing need be imported. */
const inspectCustom = Symbol.for('nodejs.util.inspect.custom')

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

  [inspectCustom](): string {
    return hidden
  }
}
