import type { QuestionView } from '../../contract/state.ts'
import { LoginError } from '../errors.ts'
import type { Ask } from './conversation/conversation.ts'
import { ANSWER_DEADLINE_MS } from '../concurrency/deadline.ts'
import { Emitter } from '../concurrency/emitter.ts'
import type { Clock } from '../ports.ts'
import type { CodeQuestion } from '../brokers/broker.ts'

interface Waiting {
  readonly view: QuestionView
  readonly answer: (code: string) => void
}

export type QuestionChange = 'asked' | 'settled'

/** Holds the questions for codes that logins wait for: at most one for each account. */
export class Questions {
  readonly #clock: Clock
  readonly #waiting = new Map<string, Waiting>()
  readonly #changed = new Emitter<QuestionChange>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Calls `listener` whenever a question is asked, answered or cancelled. */
  onChange(listener: (change: QuestionChange) => void): void {
    this.#changed.on(listener)
  }

  /** Returns the question that an account's login waits for; null when it waits for none. */
  of(name: string): QuestionView | null {
    return this.#waiting.get(name)?.view ?? null
  }

  /** Whether any login waits for an answer. */
  get isAsking(): boolean {
    return this.#waiting.size > 0
  }

  /** Returns the `Ask` of one login: it shows the question to the user and waits for `answer`. */
  ask(name: string): Ask {
    let again = false
    return ({ label, help, digits }, signal) => {
      const askedAt = this.#clock.now()
      const view = { label, help, digits, again, askedAt, endsAt: askedAt + ANSWER_DEADLINE_MS }
      again = true
      return new Promise((resolve, reject) => {
        signal.throwIfAborted()
        const settle = (): void => {
          signal.removeEventListener('abort', stop)
          this.#waiting.delete(name)
          this.#changed.emit('settled')
        }
        const stop = (): void => {
          settle()
          reject(signal.reason)
        }
        const answer = (code: string): void => {
          settle()
          resolve(code)
        }
        signal.addEventListener('abort', stop, { once: true })
        this.#waiting.set(name, { view, answer })
        this.#changed.emit('asked')
      })
    }
  }

  /**
   * Passes a typed code to the login that waits for it. A code of the wrong length is refused, and the question stays.
   * @throws LoginError `second-factor-needed` when it is refused or no login waits
   */
  answer(name: string, typed: string): void {
    const waiting = this.#waiting.get(name)
    if (waiting === undefined) throw notAsked()
    waiting.answer(typedCode(waiting.view, typed))
  }
}

const notAsked = (): LoginError =>
  new LoginError('second-factor-needed', {
    message: 'Too late: that login has ended.',
    next: 'Log in again. The code was not sent.',
  })

/**
 * Returns `ask` for one login. After a refused code or a network error the login starts over, because no broker says
 * whether its earlier steps still count. The question then tells the user so, because a text message may have brought
 * a new code.
 */
export function repeatedAsk(ask: Ask): Ask {
  let hasAsked = false
  return (question, signal) => {
    const again = hasAsked ? 'The login began again: type the newest code. ' : ''
    hasAsked = true
    return ask({ ...question, help: `${again}${question.help}` }, signal)
  }
}

/**
 * Returns the digits of a code that was typed or pasted, without spaces and hyphens.
 * @throws LoginError `second-factor-needed` when it does not have the wanted number of digits
 */
export function typedCode({ label, digits }: CodeQuestion, typed: string): string {
  const code = typed.replaceAll(/[\s-]/g, '')
  if (/^\d+$/.test(code) && code.length === digits) return code
  throw new LoginError('second-factor-needed', {
    message: `The ${label} has ${digits} digits.`,
    next: 'Type it as it is shown. Nothing was sent.',
  })
}
