import type { Clock } from '../ports.ts'

/** A measured offset is believed for this long, ms. */
const LIFE_MS = 15 * 60_000
/** A reply that took longer says too little about the time, ms. */
const MAX_ROUND_TRIP_MS = 5_000
/** Wall clock and stopwatch may drift apart this far before the wall clock counts as having been set, ms. */
const JUMP_MS = 2_000

interface Measurement {
  readonly offsetMs: number
  readonly takenAt: number
  readonly stopwatch: number
}

/**
 * How far this machine's clock is from the brokers', learnt from the `Date` header of their replies.
 * Nothing measured, an old measurement, or a wall clock that was set since all count as "not known".
 */
export class ClockOffset {
  readonly #clock: Clock
  readonly #stopwatch: () => number
  #measured: Measurement | null = null

  /** `stopwatch` gives ms that only ever go forward, such as `performance.now`. */
  constructor(clock: Clock, stopwatch: () => number) {
    this.#clock = clock
    this.#stopwatch = stopwatch
  }

  /**
   * Takes in one reply. All times in epoch ms; `serverTime` comes from a header with whole seconds, so half a
   * second is added to be right on average.
   */
  observe(serverTime: number, sentAt: number, receivedAt: number): void {
    const roundTrip = receivedAt - sentAt
    if (roundTrip < 0 || roundTrip > MAX_ROUND_TRIP_MS) return
    this.#measured = {
      offsetMs: serverTime + 500 - (sentAt + roundTrip / 2),
      takenAt: this.#clock.now(),
      stopwatch: this.#stopwatch(),
    }
  }

  /** The brokers' clock minus ours, ms; positive when ours is slow. Null when not known. */
  get offsetMs(): number | null {
    if (this.#measured === null) return null
    const byWall = this.#clock.now() - this.#measured.takenAt
    const byStopwatch = this.#stopwatch() - this.#measured.stopwatch
    const forget = byStopwatch > LIFE_MS || Math.abs(byWall - byStopwatch) > JUMP_MS
    if (forget) this.#measured = null
    return this.#measured?.offsetMs ?? null
  }

  /** The brokers' time as far as we know it, epoch ms. */
  brokerNow(): number {
    return this.#clock.now() + this.correctionMs
  }

  /** What to add to our clock, ms. An offset within a header's precision is no reason to distrust our own clock. */
  get correctionMs(): number {
    const offset = this.offsetMs ?? 0
    return Math.abs(offset) <= 1_000 ? 0 : offset
  }
}
