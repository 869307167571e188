import { randomId } from './random-id.ts'

const LIFETIME_MS = 5 * 60_000

/** Holds tokens for the next step of a login: each is valid once, within five minutes. */
export class OneTimeTokens {
  readonly #now: () => number
  readonly #make: () => string
  readonly #issuedAt = new Map<string, number>()

  /** @param make returns a new token that cannot be guessed */
  constructor(now: () => number, make: () => string = randomId) {
    this.#now = now
    this.#make = make
  }

  /** Returns a new token. */
  issue(): string {
    const token = this.#make()
    this.#issuedAt.set(token, this.#now())
    return token
  }

  /** Tells whether the token can be used now. */
  isGood(token: string): boolean {
    const issuedAt = this.#issuedAt.get(token)
    return issuedAt !== undefined && this.#now() - issuedAt < LIFETIME_MS
  }

  /** Uses up the token. */
  spend(token: string): void {
    this.#issuedAt.delete(token)
  }

  /** Uses up all tokens. */
  clear(): void {
    this.#issuedAt.clear()
  }
}
