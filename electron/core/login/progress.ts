import type { LoginProgress } from '../../contract/state.ts'
import type { Broker } from '../brokers/broker.ts'
import { Emitter } from '../concurrency/emitter.ts'

/** Which step each login under way is at, by account name. */
export class Progress {
  readonly #steps = new Map<string, LoginProgress>()
  readonly #changed = new Emitter()

  get steps(): ReadonlyMap<string, LoginProgress> {
    return this.#steps
  }

  /** Calls `listener` whenever a step changes; the function returned stops it. */
  onChange(listener: () => void): () => void {
    return this.#changed.on(listener)
  }

  /** Notes that a login is at a step, or waits there for something. A step that the broker has not named is none. */
  report(name: string, broker: Broker, stepId: string, waitingFor?: string): void {
    const index = broker.steps.findIndex(({ id }) => id === stepId)
    const step = broker.steps[index]
    if (step === undefined) return
    this.#steps.set(name, { step: index + 1, total: broker.steps.length, label: waitingFor ?? step.label })
    this.#changed.emit()
  }

  /** Notes that a login waits before its first step, or begins it. */
  begin(name: string, broker: Broker, waitingFor?: string): void {
    const [first] = broker.steps
    if (first !== undefined) this.report(name, broker, first.id, waitingFor)
  }

  end(name: string): void {
    if (this.#steps.delete(name)) this.#changed.emit()
  }
}
