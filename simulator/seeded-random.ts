import { Random } from '../tests/support/random.ts'

/** Draws random decisions that are the same in every run with the same seed. */
export class SeededRandom extends Random {
  /** Returns true in `percent` of all cases. */
  happens(percent: number): boolean {
    return this.between(1, 1_000_000) <= percent * 10_000
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.between(0, choices.length - 1)] ?? choices[0]
  }
}
