import { LoginError } from '../errors.ts'

interface Flight<T> {
  readonly controller: AbortController
  readonly result: Promise<T>
  callers: number
}

/** Lets callers who want the same thing at the same time share one run of it. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>()

  /**
   * Joins the run under way for `key`, or starts one. A caller whose `signal` aborts leaves with a LoginError
   * `cancelled`; the run goes on for the others, and is aborted when the last one has left.
   */
  async join(
    key: string,
    signal: AbortSignal,
    start: (controller: AbortController) => Promise<T>,
  ): Promise<T> {
    const ending = this.#flights.get(key)
    if (ending?.controller.signal.aborted === true) await ending.result.catch(() => undefined)
    if (signal.aborted) throw new LoginError('cancelled')
    const flight = this.#flights.get(key) ?? this.#takeOff(key, start)
    flight.callers++
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(new LoginError('cancelled'))
        if (--flight.callers === 0) flight.controller.abort(new LoginError('cancelled'))
      }
      signal.addEventListener('abort', leave, { once: true })
      void flight.result.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', leave)
      })
    })
  }

  /** Aborts the run under way for `key`, for everyone. */
  cancel(key: string): void {
    this.#flights.get(key)?.controller.abort(new LoginError('cancelled'))
  }

  #takeOff(key: string, start: (controller: AbortController) => Promise<T>): Flight<T> {
    const controller = new AbortController()
    const result = start(controller).finally(() => {
      this.#flights.delete(key)
    })
    const flight = { controller, result, callers: 0 }
    this.#flights.set(key, flight)
    return flight
  }
}
