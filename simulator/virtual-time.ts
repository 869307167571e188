import type { Clock } from '../electron/core/ports.ts'

interface Timer {
  readonly at: number
  readonly callback: () => void
}

/** Keeps the true time, which jumps to the next timer when all work waits. */
export class VirtualTime implements Clock {
  #now: number
  readonly #timers = new Set<Timer>()

  constructor(now: number) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), callback }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /**
   * Returns a machine's clock.
   * @param ahead how far the clock is wrong at the moment, ms
   */
  machineClock(ahead: () => number): Clock {
    return { now: () => this.#now + ahead(), after: (ms, callback) => this.after(ms, callback) }
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve)
    })
  }

  /** Advances time until `work` has ended. */
  async run<T>(work: Promise<T>): Promise<T> {
    const progress = { isOver: false }
    const end = (): void => {
      progress.isOver = true
    }
    work.then(end, end)
    for (;;) {
      await everythingThatNeedsNoTime()
      if (progress.isOver) return work
      this.#passToNextTimer()
    }
  }

  #passToNextTimer(): void {
    let next: Timer | undefined
    for (const timer of this.#timers) if (next === undefined || timer.at < next.at) next = timer
    if (next === undefined) throw new Error('Everybody waits, and for nothing that time will bring')
    this.#timers.delete(next)
    this.#now = next.at
    next.callback()
  }
}

/**
 * Resolves after a turn of the event loop. What remains then waits for a timer, because nothing uses files or
 * sockets.
 */
function everythingThatNeedsNoTime(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
