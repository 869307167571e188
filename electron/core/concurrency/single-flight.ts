import { LoginError } from '../errors.ts'

interface Run<T> {
  readonly controller: AbortController
  readonly result: Promise<T>
  callers: number
}

/** Shares one run between simultaneous callers with the same key. */
export class SingleFlight<T> {
  readonly #runs = new Map<string, Run<T>>()

  /**
   * Joins the current run for `key`, or starts a run. A caller whose `signal` aborts gets a LoginError `cancelled`. The
   * run continues for the other callers, and is aborted when the last caller has left.
   */
  async join(
    key: string,
    signal: AbortSignal,
    start: (controller: AbortController) => Promise<T>,
  ): Promise<T> {
    const ending = this.#runs.get(key)
    if (ending?.controller.signal.aborted === true) await ending.result.catch(() => undefined)
    if (signal.aborted) throw new LoginError('cancelled')
    const run = this.#runs.get(key) ?? this.#start(key, start)
    run.callers++
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(new LoginError('cancelled'))
        if (--run.callers === 0) run.controller.abort(new LoginError('cancelled'))
      }
      signal.addEventListener('abort', leave, { once: true })
      void run.result.then(resolve, reject).finally(() => {
        signal.removeEventListener('abort', leave)
      })
    })
  }

  /** Aborts the current run for `key`, for all callers. */
  cancel(key: string): void {
    this.#runs.get(key)?.controller.abort(new LoginError('cancelled'))
  }

  #start(key: string, start: (controller: AbortController) => Promise<T>): Run<T> {
    const controller = new AbortController()
    const result = start(controller).finally(() => {
      this.#runs.delete(key)
    })
    const run = { controller, result, callers: 0 }
    this.#runs.set(key, run)
    return run
  }
}
