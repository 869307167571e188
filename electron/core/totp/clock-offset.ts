import type { Clock } from '../ports.ts'

/** The longest use of a measured offset, ms. */
const MAX_AGE_MS = 15 * 60_000

/** The longest round trip of a usable reply, ms. */
const MAX_ROUND_TRIP_MS = 5_000

/** The largest drift between wall clock and stopwatch, ms; more means that the wall clock was set. */
const JUMP_MS = 2_000

/** The precision of a `Date` header, ms, because it names the second that has begun. */
const HEADER_PRECISION_MS = 1_000

interface Measurement {
  readonly takenAt: number
  readonly stopwatch: number
}

/** The certain range of a host's clock: its time minus our stopwatch, ms. */
interface HostClock extends Measurement {
  readonly least: number
  readonly most: number
}

/** The time of a host, with its uncertainty in both directions. */
export interface BrokerTime {
  /** Epoch ms. */
  readonly now: number
  readonly uncertaintyMs: number
}

/**
 * Measures the offset between this machine's clock and the brokers' by the `Date` header of their replies. The offset
 * is unknown without a measurement, after `MAX_AGE_MS`, or after the wall clock was set.
 */
export class ClockOffset {
  readonly #clock: Clock
  readonly #stopwatch: () => number
  #measured: (Measurement & { readonly offsetMs: number }) | null = null
  readonly #hosts = new Map<string, HostClock>()

  /** @param stopwatch returns monotonic ms, such as `performance.now` */
  constructor(clock: Clock, stopwatch: () => number) {
    this.#clock = clock
    this.#stopwatch = stopwatch
  }

  /**
   * Records a reply of an origin. All times in epoch ms. Adds half a second to `serverTime`, because the header has
   * whole seconds.
   */
  observe(origin: string, serverTime: number, sentAt: number, receivedAt: number): void {
    const roundTrip = receivedAt - sentAt
    if (roundTrip < 0 || roundTrip > MAX_ROUND_TRIP_MS) return
    const taken = { takenAt: this.#clock.now(), stopwatch: this.#stopwatch() }
    this.#measured = { ...taken, offsetMs: serverTime + HEADER_PRECISION_MS / 2 - (sentAt + roundTrip / 2) }
    // The server wrote the header between sending and receiving, after its second had begun.
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
   * Returns the time at the host of an origin, which each reply narrows; null without a recent reply.
   */
  at(origin: string): BrokerTime | null {
    const known = this.#hosts.get(origin)
    if (known === undefined || !this.#isValid(known)) return null
    const { least, most } = known
    return { now: this.#stopwatch() + (least + most) / 2, uncertaintyMs: (most - least) / 2 }
  }

  /** The brokers' clock minus ours, ms; positive when ours is slow. Null when unknown. */
  get offsetMs(): number | null {
    if (this.#measured !== null && !this.#isValid(this.#measured)) this.#measured = null
    return this.#measured?.offsetMs ?? null
  }

  /** Returns the brokers' time as far as known, epoch ms. */
  brokerNow(): number {
    return this.#clock.now() + this.correctionMs
  }

  /** The correction of our clock, ms; zero for an offset within the precision of the header. */
  get correctionMs(): number {
    const offset = this.offsetMs ?? 0
    return Math.abs(offset) <= HEADER_PRECISION_MS ? 0 : offset
  }

  #isValid({ takenAt, stopwatch }: Measurement): boolean {
    const byWall = this.#clock.now() - takenAt
    const byStopwatch = this.#stopwatch() - stopwatch
    return byStopwatch <= MAX_AGE_MS && Math.abs(byWall - byStopwatch) <= JUMP_MS
  }
}
