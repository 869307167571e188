/** Lets actions run one after the other, in the order in which they came. One that fails holds nobody up. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve()

  /** Runs `action` when it is its turn, and ends as it ends. */
  run<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#last.then(action)
    this.#last = result.catch(() => undefined)
    return result
  }
}
