import { randomId } from './random-id.ts'

const LIFETIME_MS = 5 * 60_000

/** Tokens that lead to the next step of a login: each can be used once, within five minutes. */
export class OneTimeTokens {
  readonly #now: () => number
  readonly #make: () => string
  readonly #issuedAt = new Map<string, number>()

  /** @param make makes a new one that nobody can guess */
  constructor(now: () => number, make: () => string = randomId) {
    this.#now = now
    this.#make = make
  }

  /** Hands out a new one. */
  issue(): string {
    const token = this.#make()
    this.#issuedAt.set(token, this.#now())
    return token
  }

  /** Whether it could be used now. */
  isGood(token: string): boolean {
    const issuedAt = this.#issuedAt.get(token)
    return issuedAt !== undefined && this.#now() - issuedAt < LIFETIME_MS
  }

  /** Uses it up. */
  spend(token: string): void {
    this.#issuedAt.delete(token)
  }

  /** Uses all of them up. */
  clear(): void {
    this.#issuedAt.clear()
  }
}
