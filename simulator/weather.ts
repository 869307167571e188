import type { Chance } from './chance.ts'

/** What may befall a request on its way, or its reply. */
export type Mishap =
  | { readonly kind: 'never-leaves' | 'reset' | 'hang' }
  | { readonly kind: 'reset-after' | 'hang-after' | 'truncated' }
  | { readonly kind: 'status'; readonly status: 429 | 500 | 502 | 503 | 504; readonly retryAfter?: string }
  | { readonly kind: 'wall'; readonly status: 200 | 403 }

/** How the network and the brokers' servers are today. */
export class Weather {
  readonly #chance: Chance
  /** How many requests of a hundred meet with a mishap. */
  #percent = 0
  readonly #hiccups = new Set<string>()

  constructor(chance: Chance) {
    this.#chance = chance
  }

  get isCalm(): boolean {
    return this.#percent === 0
  }

  /** Most mornings are calm, some have a hiccup, a few are storms. */
  dawn(): void {
    this.#percent = this.#chance.pick([0, 0, 0, 2, 5, 15, 40, 80])
  }

  calm(): void {
    this.#percent = 0
    this.#hiccups.clear()
  }

  /** Has the next request to a broker that carries no password or code meet with trouble that passes. */
  hiccup(brokerId: string): void {
    this.#hiccups.add(brokerId)
  }

  /** What befalls the next request to a broker; null for nothing. `isEntry` when it carries a password or code. */
  next(brokerId: string, isEntry: boolean): Mishap | null {
    const chance = this.#chance
    if (!isEntry && this.#hiccups.delete(brokerId)) {
      const status = chance.pick([500, 502, 503, 504] as const)
      return chance.pick<Mishap>([
        { kind: 'never-leaves' },
        { kind: 'reset' },
        { kind: 'hang' },
        { kind: 'status', status },
      ])
    }
    if (!chance.happens(this.#percent)) return null
    const status = chance.pick([429, 500, 502, 503, 503, 504] as const)
    const retryAfter = chance.happens(50) ? { retryAfter: String(chance.between(1, 300)) } : {}
    return chance.pick<Mishap>([
      { kind: 'never-leaves' },
      { kind: 'reset' },
      { kind: 'hang' },
      { kind: 'reset-after' },
      { kind: 'hang-after' },
      { kind: 'truncated' },
      { kind: 'status', status, ...retryAfter },
      { kind: 'status', status, ...retryAfter },
      { kind: 'wall', status: chance.pick([200, 403] as const) },
    ])
  }
}
