import { randomId } from '../random-id.ts'

const LIFETIME_MS = 5 * 60_000

/** The request tokens handed out: each can be exchanged once, within five minutes. */
export class RequestTokens {
  readonly #now: () => number
  readonly #issuedAt = new Map<string, number>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Hands out a new one. */
  issue(): string {
    const token = randomId()
    this.#issuedAt.set(token, this.#now())
    return token
  }

  /** Whether it could be exchanged now. */
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
