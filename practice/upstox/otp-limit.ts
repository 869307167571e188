const WINDOW_MS = 60_000

/** Allows so many generations of a one-time password in any one minute. */
export class OtpLimit {
  readonly #limit: number
  readonly #now: () => number
  #generatedAt: number[] = []

  constructor(limit: number, now: () => number) {
    this.#limit = limit
    this.#now = now
  }

  /** Whether one more is allowed now; if so, it counts. */
  allows(): boolean {
    const now = this.#now()
    this.#generatedAt = this.#generatedAt.filter((at) => now - at < WINDOW_MS)
    if (this.#generatedAt.length >= this.#limit) return false
    this.#generatedAt.push(now)
    return true
  }
}
