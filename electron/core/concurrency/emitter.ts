/** Tells every listener of each value. */
export class Emitter<T = void> {
  readonly #listeners = new Set<(value: T) => void>()

  /** Calls `listener` with every value from now on; the function returned stops it. */
  on(listener: (value: T) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit(value: T): void {
    for (const listener of this.#listeners) listener(value)
  }
}
