import type { SeededRandom } from './seeded-random.ts'

/** A fault on the way of a request or of its reply. */
export type NetworkFault =
  | { readonly kind: 'never-leaves' | 'reset' | 'hang' }
  | { readonly kind: 'reset-after' | 'hang-after' | 'truncated' }
  | { readonly kind: 'status'; readonly status: 429 | 500 | 502 | 503 | 504; readonly retryAfter?: string }
  | { readonly kind: 'wall'; readonly status: 200 | 403 }

/** Decides which requests meet a network or server fault today. */
export class FaultSchedule {
  readonly #random: SeededRandom
  /** Percentage of requests that meet a fault. */
  #percent = 0
  readonly #hiccups = new Set<string>()

  constructor(random: SeededRandom) {
    this.#random = random
  }

  get isCalm(): boolean {
    return this.#percent === 0
  }

  /** Draws the day's share of faults: most mornings have none, a few have many. */
  startDay(): void {
    this.#percent = this.#random.pick([0, 0, 0, 2, 5, 15, 40, 80])
  }

  clear(): void {
    this.#percent = 0
    this.#hiccups.clear()
  }

  /** Injects one passing fault into the broker's next request without a password or code. */
  hiccup(brokerId: string): void {
    this.#hiccups.add(brokerId)
  }

  /**
   * Returns the fault of the next request to a broker, or null.
   * @param isEntry whether the request carries a password or code
   */
  next(brokerId: string, isEntry: boolean): NetworkFault | null {
    const random = this.#random
    if (!isEntry && this.#hiccups.delete(brokerId)) {
      const status = random.pick([500, 502, 503, 504] as const)
      return random.pick<NetworkFault>([
        { kind: 'never-leaves' },
        { kind: 'reset' },
        { kind: 'hang' },
        { kind: 'status', status },
      ])
    }
    if (!random.happens(this.#percent)) return null
    const status = random.pick([429, 500, 502, 503, 503, 504] as const)
    const retryAfter = random.happens(50) ? { retryAfter: String(random.between(1, 300)) } : {}
    return random.pick<NetworkFault>([
      { kind: 'never-leaves' },
      { kind: 'reset' },
      { kind: 'hang' },
      { kind: 'reset-after' },
      { kind: 'hang-after' },
      { kind: 'truncated' },
      { kind: 'status', status, ...retryAfter },
      { kind: 'status', status, ...retryAfter },
      { kind: 'wall', status: random.pick([200, 403] as const) },
    ])
  }
}
