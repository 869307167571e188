import type { LoginProgress } from '../../contract/state.ts'
import type { AccountHandle } from '../state/account-handle.ts'

/** An account whose login is under way. */
type LoggingIn = Pick<AccountHandle, 'name' | 'broker'>

/** Which step each login under way is at, by account name. */
export class Progress {
  readonly #steps = new Map<string, LoginProgress>()
  readonly #listeners = new Set<() => void>()

  get steps(): ReadonlyMap<string, LoginProgress> {
    return this.#steps
  }

  /** Calls `listener` whenever a step changes; the function returned stops it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Notes that a login is at a step, or waits there for something. A step that the broker has not named is none. */
  report({ name, broker }: LoggingIn, stepId: string, waitingFor?: string): void {
    const index = broker.steps.findIndex(({ id }) => id === stepId)
    const step = broker.steps[index]
    if (step === undefined) return
    this.#steps.set(name, { step: index + 1, total: broker.steps.length, label: waitingFor ?? step.label })
    this.#tell()
  }

  /** Notes that a login waits before its first step, or begins it. */
  begin(account: LoggingIn, waitingFor?: string): void {
    const [first] = account.broker.steps
    if (first !== undefined) this.report(account, first.id, waitingFor)
  }

  end(name: string): void {
    if (this.#steps.delete(name)) this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
