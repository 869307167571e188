/** Allows so many generations of a one-time password in any window of a length. */
export class OtpLimit {
  readonly #limit: number
  readonly #windowMs: number
  readonly #now: () => number
  #generatedAt: number[] = []

  constructor(limit: number, windowMs: number, now: () => number) {
    this.#limit = limit
    this.#windowMs = windowMs
    this.#now = now
  }

  /** Whether one more is allowed now; if so, it counts. */
  allows(): boolean {
    const now = this.#now()
    this.#generatedAt = this.#generatedAt.filter((at) => now - at < this.#windowMs)
    if (this.#generatedAt.length >= this.#limit) return false
    this.#generatedAt.push(now)
    return true
  }
}
