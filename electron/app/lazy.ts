/** Loads a value once, on first use. */
export class Lazy<T> {
  readonly #load: () => Promise<T>
  #value: Promise<T> | null = null

  constructor(load: () => Promise<T>) {
    this.#load = load
  }

  /** Returns the value and loads it first if necessary. */
  get(): Promise<T> {
    return (this.#value ??= this.#load())
  }

  /** Returns the value if it was ever loaded; null otherwise. */
  async ifLoaded(): Promise<T | null> {
    return this.#value
  }
}
