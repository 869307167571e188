import type { Clock } from '../ports.ts'

/** The longest use of a measured offset, ms. */
const MAX_AGE_MS = 15 * 60_000

/** The longest round trip of a usable reply, ms. */
const MAX_ROUND_TRIP_MS = 5_000

/** The largest drift between wall clock and stopwatch, ms; more means that the wall clock was set. */
const JUMP_MS = 2_000

/** The precision of a `Date` header, ms, because it names the second that has begun. */
const HEADER_PRECISION_MS = 1_000

/** The largest difference of two offsets that agree, ms: twice the header's precision and some for the way. */
const AGREEMENT_MS = 2_500

/** The most that one host alone may move freshness, ms. More takes a second host that agrees. */
const MAX_ALONE_MS = 15 * 60_000

interface Measurement {
  readonly takenAt: number
  readonly stopwatch: number
}

/** The certain range of a host's clock: its time minus our stopwatch, ms. */
interface HostClock extends Measurement {
  readonly least: number
  readonly most: number
  /** The host's clock minus ours by its last reply, ms. */
  readonly offsetMs: number
}

/** The time of a host, with its uncertainty in both directions. */
export interface BrokerTime {
  /** Epoch ms. */
  readonly now: number
  readonly uncertaintyMs: number
}

/**
 * Measures the offset between this machine's clock and that of each host by the `Date` header of its replies. An offset
 * is unknown without a measurement, after `MAX_AGE_MS`, or after the wall clock was set. A host's own offset is good for
 * what goes to that host. For anything else two hosts have to agree, because one may be wrong.
 */
export class ClockOffset {
  readonly #clock: Clock
  readonly #stopwatch: () => number
  /** By origin, the last measured last. */
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
    const offsetMs = serverTime + HEADER_PRECISION_MS / 2 - (sentAt + roundTrip / 2)
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
    this.#hosts.delete(origin)
    this.#hosts.set(origin, { ...taken, ...narrowed, offsetMs })
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

  /**
   * The brokers' clock minus ours, ms; positive when ours is slow: what most hosts agree on, else what the last reply
   * said, for a warning. Null when unknown.
   */
  get offsetMs(): number | null {
    return this.agreedMs ?? this.#offsets().at(-1) ?? null
  }

  /** The offset that two hosts or more agree on, ms; null without. */
  get agreedMs(): number | null {
    const cluster = likeliest(this.#offsets())
    return cluster.length < 2 ? null : median(cluster)
  }

  /**
   * Returns the correction of our clock, ms, for a code that the user types at one of these origins: their own offset
   * where known, else what other hosts agree on, else zero.
   */
  correctionFor(origins: readonly string[]): number {
    const own = likeliest(this.#offsets(new Set(origins)))
    return precise(own.length > 0 ? median(own) : (this.agreedMs ?? 0))
  }

  /** The time at an origin: as its replies tell it, else as other hosts agree, else our own. */
  bestTime(origin: string): BrokerTime {
    return this.at(origin) ?? { now: this.#clock.now() + this.correctionFor([origin]), uncertaintyMs: 0 }
  }

  /** Returns the brokers' time as far as known, epoch ms. */
  brokerNow(): number {
    return this.#clock.now() + this.correctionMs
  }

  /**
   * The correction of our clock, ms, for freshness and times. One host alone moves it by minutes at most. Zero for an
   * offset within the precision of the header.
   */
  get correctionMs(): number {
    const offset = this.offsetMs ?? 0
    return Math.abs(offset) > MAX_ALONE_MS && this.agreedMs === null ? 0 : precise(offset)
  }

  /** Returns the valid offsets, of these origins or of all, the last measured last. Forgets the others for good. */
  #offsets(origins?: ReadonlySet<string>): number[] {
    for (const [origin, host] of this.#hosts) if (!this.#isValid(host)) this.#hosts.delete(origin)
    return [...this.#hosts].flatMap(([origin, { offsetMs }]) =>
      origins === undefined || origins.has(origin) ? [offsetMs] : [],
    )
  }

  #isValid({ takenAt, stopwatch }: Measurement): boolean {
    const byWall = this.#clock.now() - takenAt
    const byStopwatch = this.#stopwatch() - stopwatch
    return byStopwatch <= MAX_AGE_MS && Math.abs(byWall - byStopwatch) <= JUMP_MS
  }
}

/** Returns the largest group of offsets that agree with one of them; of equal groups the one closest to our own clock. */
function likeliest(offsets: readonly number[]): readonly number[] {
  return offsets
    .map((one) => offsets.filter((other) => Math.abs(one - other) <= AGREEMENT_MS))
    .reduce<readonly number[]>(
      (best, group) =>
        group.length > best.length ||
        (group.length === best.length && Math.abs(median(group)) < Math.abs(median(best)))
          ? group
          : best,
      [],
    )
}

function median(offsets: readonly number[]): number {
  const sorted = [...offsets].sort((a, b) => a - b)
  const [low = 0, high = low] = sorted.slice(
    Math.floor((sorted.length - 1) / 2),
    Math.floor(sorted.length / 2) + 1,
  )
  return (low + high) / 2
}

const precise = (offsetMs: number): number => (Math.abs(offsetMs) <= HEADER_PRECISION_MS ? 0 : offsetMs)
