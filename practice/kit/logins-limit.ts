/** Counts logins against a broker's limit. */
export class LoginsLimit {
  readonly #logins: number
  readonly #withinMs: number
  readonly #now: () => number
  readonly #at: number[] = []

  constructor(logins: number, withinMs: number, now: () => number) {
    this.#logins = logins
    this.#withinMs = withinMs
    this.#now = now
  }

  /** Records a try and tells whether it is within the limit. A try beyond it counts too: it starts the time anew. */
  admits(): boolean {
    const now = this.#now()
    const recent = this.#at.filter((at) => now - at < this.#withinMs)
    this.#at.splice(0, Infinity, ...recent, now)
    return recent.length < this.#logins
  }
}
