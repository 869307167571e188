import type { LoginProgress } from '../../contract/state.ts'
import { Emitter } from '../concurrency/emitter.ts'
import type { AccountHandle } from '../state/account-handle.ts'

/** An account whose login runs. */
type LoggingIn = Pick<AccountHandle, 'name' | 'broker'>

/** Holds the current step of each running login, by account name. */
export class Progress {
  readonly #steps = new Map<string, LoginProgress>()
  readonly #changed = new Emitter()

  get steps(): ReadonlyMap<string, LoginProgress> {
    return this.#steps
  }

  /** Calls `listener` whenever a step changes, until the returned function is called. */
  onChange(listener: () => void): () => void {
    return this.#changed.on(listener)
  }

  /**
   * Sets the step of a login. Ignores a step that the broker does not list.
   * @param waitingFor shown in place of the step's label
   */
  report({ name, broker }: LoggingIn, stepId: string, waitingFor?: string): void {
    const index = broker.steps.findIndex(({ id }) => id === stepId)
    const step = broker.steps[index]
    if (step === undefined) return
    this.#steps.set(name, { step: index + 1, total: broker.steps.length, label: waitingFor ?? step.label })
    this.#changed.emit()
  }

  /** Sets the first step of a login, which begins or waits to begin. */
  begin(account: LoggingIn, waitingFor?: string): void {
    const [first] = account.broker.steps
    if (first !== undefined) this.report(account, first.id, waitingFor)
  }

  /** Forgets a login that has ended. */
  end(name: string): void {
    if (this.#steps.delete(name)) this.#changed.emit()
  }
}
