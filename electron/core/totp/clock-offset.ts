import type { Clock } from '../ports.ts'

/** A measured offset is believed for this long, ms. */
const LIFE_MS = 15 * 60_000
/** A reply that took longer says too little about the time, ms. */
const MAX_ROUND_TRIP_MS = 5_000
/** Wall clock and stopwatch may drift apart this far before the wall clock counts as having been set, ms. */
const JUMP_MS = 2_000
/** A `Date` header names the second that has begun, ms. */
const HEADER_PRECISION_MS = 1_000

interface Measurement {
  readonly takenAt: number
  readonly stopwatch: number
}

/** Where a host's clock surely is: its time minus our stopwatch, ms. */
interface HostClock extends Measurement {
  readonly least: number
  readonly most: number
}

/** A host's time, and how far it may really be from that in both directions. */
export interface BrokerTime {
  /** Epoch ms. */
  readonly now: number
  readonly uncertaintyMs: number
}

/**
 * How far this machine's clock is from the brokers', learnt from the `Date` header of their replies.
 * Nothing measured, an old measurement, or a wall clock that was set since all count as "not known".
 */
export class ClockOffset {
  readonly #clock: Clock
  readonly #stopwatch: () => number
  #measured: (Measurement & { readonly offsetMs: number }) | null = null
  readonly #hosts = new Map<string, HostClock>()

  /** `stopwatch` gives ms that only ever go forward, such as `performance.now`. */
  constructor(clock: Clock, stopwatch: () => number) {
    this.#clock = clock
    this.#stopwatch = stopwatch
  }

  /**
   * Takes in one reply of an origin. All times in epoch ms; `serverTime` comes from a header with whole seconds, so
   * half a second is added to be right on average.
   */
  observe(origin: string, serverTime: number, sentAt: number, receivedAt: number): void {
    const roundTrip = receivedAt - sentAt
    if (roundTrip < 0 || roundTrip > MAX_ROUND_TRIP_MS) return
    const taken = { takenAt: this.#clock.now(), stopwatch: this.#stopwatch() }
    this.#measured = { ...taken, offsetMs: serverTime + HEADER_PRECISION_MS / 2 - (sentAt + roundTrip / 2) }
    // The header was written at some moment between sending and receiving, and its second had begun by then.
    const ahead = taken.takenAt - taken.stopwatch
    const seen = {
      least: serverTime - receivedAt + ahead,
      most: serverTime + HEADER_PRECISION_MS - sentAt + ahead,
    }
    const known = this.#hosts.get(origin)
    const least = Math.max(seen.least, known?.least ?? -Infinity)
    const most = Math.min(seen.most, known?.most ?? Infinity)
    const narrowed = known !== undefined && this.#isValid(known) && least <= most ? { least, most } : seen
    this.#hosts.set(origin, { ...taken, ...narrowed })
  }

  /**
   * The time at the host of an origin, as exactly as its replies tell: each one narrows it. Null when it has told
   * none lately.
   */
  at(origin: string): BrokerTime | null {
    const known = this.#hosts.get(origin)
    if (known === undefined || !this.#isValid(known)) return null
    const { least, most } = known
    return { now: this.#stopwatch() + (least + most) / 2, uncertaintyMs: (most - least) / 2 }
  }

  /** The brokers' clock minus ours, ms; positive when ours is slow. Null when not known. */
  get offsetMs(): number | null {
    if (this.#measured !== null && !this.#isValid(this.#measured)) this.#measured = null
    return this.#measured?.offsetMs ?? null
  }

  /** The brokers' time as far as we know it, epoch ms. */
  brokerNow(): number {
    return this.#clock.now() + this.correctionMs
  }

  /** What to add to our clock, ms. An offset within a header's precision is no reason to distrust our own clock. */
  get correctionMs(): number {
    const offset = this.offsetMs ?? 0
    return Math.abs(offset) <= HEADER_PRECISION_MS ? 0 : offset
  }

  #isValid({ takenAt, stopwatch }: Measurement): boolean {
    const byWall = this.#clock.now() - takenAt
    const byStopwatch = this.#stopwatch() - stopwatch
    return byStopwatch <= LIFE_MS && Math.abs(byWall - byStopwatch) <= JUMP_MS
  }
}
