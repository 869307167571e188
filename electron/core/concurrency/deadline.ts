import { LoginError } from '../errors.ts'
import type { Clock } from '../ports.ts'

/** A login that has not ended by then never will, ms. It has room for one whole TOTP window of waiting. */
export const LOGIN_DEADLINE_MS = 120_000
/** Nobody types a code that was asked for longer ago than this, ms. */
export const ANSWER_DEADLINE_MS = 5 * 60_000

/** Aborts a login that takes too long. Time in which the user is asked something counts for itself. */
export class Deadline {
  readonly #clock: Clock
  readonly #controller: AbortController
  #cancel: () => void = () => undefined

  constructor(clock: Clock, controller: AbortController) {
    this.#clock = clock
    this.#controller = controller
    this.#start(LOGIN_DEADLINE_MS, new LoginError('timeout'))
  }

  /** Waits for an answer of the user; the login's time begins anew with it. */
  async forAnswer<T>(ask: () => Promise<T>): Promise<T> {
    this.#start(ANSWER_DEADLINE_MS, notAnswered())
    const answer = await ask()
    this.#start(LOGIN_DEADLINE_MS, new LoginError('timeout'))
    return answer
  }

  cancel(): void {
    this.#cancel()
  }

  #start(ms: number, reason: LoginError): void {
    this.#cancel()
    this.#cancel = this.#clock.after(ms, () => {
      this.#controller.abort(reason)
    })
  }
}

const notAnswered = (): LoginError =>
  new LoginError('second-factor-needed', { message: 'There was no answer within five minutes.' })
