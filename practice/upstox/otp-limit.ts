/** Limits the number of one-time passwords in any window of a given length. */
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

  /** Tells whether another one-time password is allowed now, and then counts it. */
  allows(): boolean {
    const now = this.#now()
    this.#generatedAt = this.#generatedAt.filter((at) => now - at < this.#windowMs)
    if (this.#generatedAt.length >= this.#limit) return false
    this.#generatedAt.push(now)
    return true
  }
}
