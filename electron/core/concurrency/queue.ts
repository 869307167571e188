/** Runs actions one after the other, in the order of the calls, even after a failed action. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve()

  /** Runs `action` after all earlier actions, and returns its result. */
  run<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#last.then(action)
    this.#last = result.catch(() => undefined)
    return result
  }
}
