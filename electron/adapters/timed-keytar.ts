import { LoginError } from '../core/errors.ts'
import type { Clock } from '../core/ports.ts'
import type { Keytar } from './keychain.ts'

/** How long a call may take while no person can answer a prompt, ms. */
export const KEYCHAIN_LIMIT_MS = 60_000

/** How long a call may take before the user is told that it waits, ms. */
const SLOW_MS = 500

/** How many calls run at once. Each holds one of Node's four threads, and files and name lookups need threads too. */
const CALLS_AT_ONCE = 2

export interface KeytarLimits {
  readonly clock: Clock
  /** Null for no limit, when a person can answer the keychain's prompt. */
  readonly limitMs: number | null
  readonly onSlow?: () => void
}

/** Limits the calls of keytar, because a locked keychain prompts for its password and waits without end. */
export class TimedKeytar implements Keytar {
  readonly #load: () => Promise<Keytar>
  readonly #limits: KeytarLimits
  readonly #waiting: (() => void)[] = []
  #running = 0
  #unanswered = 0

  constructor(load: () => Promise<Keytar>, patience: KeytarLimits) {
    this.#load = load
    this.#limits = patience
  }

  /** Resolves once keytar is loaded. */
  async loaded(): Promise<this> {
    await this.#load()
    return this
  }

  /** Whether an abandoned call still holds its thread, for which the process would wait at exit. */
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

  /** @throws LoginError `keychain-locked` past the limit, and immediately while an earlier call hangs */
  async #call<T>(action: (keytar: Keytar) => Promise<T>): Promise<T> {
    const { clock, limitMs, onSlow } = this.#limits
    if (this.isStuck) throw keychainTimedOut()
    const stopSlow = onSlow === undefined ? noop : clock.after(SLOW_MS, onSlow)
    const call: Call = { isAbandoned: false, hasBegun: false }
    let stopLimit = noop
    const limit = new Promise<never>((_resolve, reject) => {
      if (limitMs === null) return
      stopLimit = clock.after(limitMs, () => {
        call.isAbandoned = true
        if (call.hasBegun) this.#unanswered++
        reject(keychainTimedOut())
      })
    })
    try {
      return await Promise.race([this.#runInTurn(action, call), limit])
    } finally {
      stopSlow()
      stopLimit()
    }
  }

  async #runInTurn<T>(action: (keytar: Keytar) => Promise<T>, call: Call): Promise<T> {
    const keytar = await this.#load()
    while (this.#running >= CALLS_AT_ONCE) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    if (isAbandoned(call)) throw keychainTimedOut()
    this.#running++
    call.hasBegun = true
    try {
      return await action(keytar)
    } finally {
      this.#running--
      if (isAbandoned(call)) this.#unanswered--
      this.#waiting.shift()?.()
    }
  }
}

interface Call {
  isAbandoned: boolean
  hasBegun: boolean
}

const isAbandoned = (call: Call): boolean => call.isAbandoned

const noop = (): void => undefined

/** Makes the error for a keychain that does not answer in time. */
export const keychainTimedOut = (): LoginError =>
  new LoginError('keychain-locked', {
    message: `The system keychain did not answer within ${String(KEYCHAIN_LIMIT_MS / 1000)} s.`,
    next:
      'It probably asks for its password on a screen that nobody sees: unlock it there, then try again. ' +
      'On a server, “tokentray keychain init --sealed-file” makes an encrypted file that serves instead.',
  })
