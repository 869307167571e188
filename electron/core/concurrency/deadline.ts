import { LoginError } from '../errors.ts'
import type { Clock } from '../ports.ts'

/** The longest login, ms, including the wait for a whole TOTP window. */
export const LOGIN_DEADLINE_MS = 120_000

/** The longest wait for an answer of the user, ms. */
export const ANSWER_DEADLINE_MS = 5 * 60_000

/** Aborts a login that takes too long. Waiting for the user has its own time limit. */
export class Deadline {
  readonly #clock: Clock
  readonly #controller: AbortController
  #cancel: () => void = () => undefined

  constructor(clock: Clock, controller: AbortController) {
    this.#clock = clock
    this.#controller = controller
    this.#start(LOGIN_DEADLINE_MS, new LoginError('timeout'))
  }

  /** Waits for an answer of the user, after which the login's time limit starts again. */
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
