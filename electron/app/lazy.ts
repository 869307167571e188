/** Loads a value when it is first needed, and once. */
export class Lazy<T> {
  readonly #load: () => Promise<T>
  #value: Promise<T> | null = null

  constructor(load: () => Promise<T>) {
    this.#load = load
  }

  /** Returns the value, after loading it if need be. */
  get(): Promise<T> {
    return (this.#value ??= this.#load())
  }

  /** Returns the value if it was ever needed; null otherwise. */
  async ifLoaded(): Promise<T | null> {
    return this.#value
  }
}
