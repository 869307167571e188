import { Random } from '../tests/support/random.ts'

/** Chance, the same in every run with the same seed. */
export class Chance {
  readonly #random: Random

  constructor(seed: number) {
    this.#random = new Random(seed)
  }

  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return this.#random.between(min, max)
  }

  /** True in `percent` of all cases. */
  happens(percent: number): boolean {
    return this.between(1, 1_000_000) <= percent * 10_000
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.between(0, choices.length - 1)] ?? choices[0]
  }
}
