import { LoginError } from '../core/errors.ts'
import type { Clock } from '../core/ports.ts'
import type { Keytar } from './keychain.ts'

/** A keychain that has not answered by then waits for somebody who is not there, ms. */
export const KEYCHAIN_LIMIT_MS = 60_000
/** How long a call may take before the user is told what it waits for, ms. */
const SLOW_MS = 500
/**
 * How many calls run at once. Each holds one of Node's four threads until it ends, and the state file and names need
 * threads too.
 */
const CALLS_AT_ONCE = 2

export interface Patience {
  readonly clock: Clock
  /** Null where a person is there to answer what the keychain asks. */
  readonly limitMs: number | null
  readonly onSlow?: () => void
}

/** keytar whose calls end: it asks the user for the keychain's password where it is locked, and waits for ever. */
export class PatientKeytar implements Keytar {
  readonly #load: () => Promise<Keytar>
  readonly #patience: Patience
  readonly #waiting: (() => void)[] = []
  #running = 0
  #unanswered = 0

  constructor(load: () => Promise<Keytar>, patience: Patience) {
    this.#load = load
    this.#patience = patience
  }

  /** Loads keytar, whose calls through here end. */
  async loaded(): Promise<this> {
    await this.#load()
    return this
  }

  /** Whether a call was given up that still holds its thread, for which the end of the process would wait. */
  get isStuck(): boolean {
    return this.#unanswered > 0
  }

  getPassword(service: string, account: string): Promise<string | null> {
    return this.#call((keytar) => keytar.getPassword(service, account))
  }

  setPassword(service: string, account: string, password: string): Promise<void> {
    return this.#call((keytar) => keytar.setPassword(service, account, password))
  }

  deletePassword(service: string, account: string): Promise<boolean> {
    return this.#call((keytar) => keytar.deletePassword(service, account))
  }

  /** @throws LoginError `keychain-locked` past the limit, and at once while an earlier call still hangs */
  async #call<T>(action: (keytar: Keytar) => Promise<T>): Promise<T> {
    const { clock, limitMs, onSlow } = this.#patience
    if (this.isStuck) throw notAnswered()
    const stopSlow = onSlow === undefined ? nothing : clock.after(SLOW_MS, onSlow)
    const run: Run = { isGivenUp: false, hasBegun: false }
    let stopLimit = nothing
    const limit = new Promise<never>((_resolve, reject) => {
      if (limitMs === null) return
      stopLimit = clock.after(limitMs, () => {
        run.isGivenUp = true
        if (run.hasBegun) this.#unanswered++
        reject(notAnswered())
      })
    })
    try {
      return await Promise.race([this.#inTurn(action, run), limit])
    } finally {
      stopSlow()
      stopLimit()
    }
  }

  async #inTurn<T>(action: (keytar: Keytar) => Promise<T>, run: Run): Promise<T> {
    const keytar = await this.#load()
    while (this.#running >= CALLS_AT_ONCE) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    if (isGivenUp(run)) throw notAnswered()
    this.#running++
    run.hasBegun = true
    try {
      return await action(keytar)
    } finally {
      this.#running--
      if (isGivenUp(run)) this.#unanswered--
      this.#waiting.shift()?.()
    }
  }
}

/** One call. */
interface Run {
  isGivenUp: boolean
  hasBegun: boolean
}

const isGivenUp = (run: Run): boolean => run.isGivenUp

const nothing = (): void => undefined

export const notAnswered = (): LoginError =>
  new LoginError('keychain-locked', {
    message: `The system keychain did not answer within ${String(KEYCHAIN_LIMIT_MS / 1000)} s.`,
    next:
      'It probably asks for its password on a screen that nobody sees: unlock it there, then try again. ' +
      'On a server, “tokentray keychain init --sealed-file” makes an encrypted file that serves instead.',
  })
