import type { Clock } from '../../../electron/core/ports.ts'

const SPEED = 30
/** Saturday 21 November 2026, 08:15 in India: far from the hour at which tokens end. */
const BEGINNING = Date.UTC(2026, 10, 21, 2, 45)

/** Runs a TOTP window in one second. Processes with the same start agree on the time. */
export class FastClock implements Clock {
  readonly #startedAt: number

  /** @param startedAt the system's time, epoch ms, at which this clock shows its beginning */
  constructor(startedAt: number) {
    this.#startedAt = startedAt
  }

  now(): number {
    return BEGINNING + (Date.now() - this.#startedAt) * SPEED
  }

  after(ms: number, callback: () => void): () => void {
    const timer = setTimeout(callback, ms / SPEED)
    return () => {
      clearTimeout(timer)
    }
  }

  /** Returns monotonic ms of this clock. */
  readonly stopwatch = (): number => performance.now() * SPEED
}
