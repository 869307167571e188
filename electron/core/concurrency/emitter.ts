/** Passes each emitted value to every listener. */
export class Emitter<T = void> {
  readonly #listeners = new Set<(value: T) => void>()

  /** Calls `listener` with every later value; the returned function removes it. */
  on(listener: (value: T) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit(value: T): void {
    for (const listener of this.#listeners) listener(value)
  }
}
