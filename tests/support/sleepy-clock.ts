import type { Clock } from '../../electron/core/ports.ts'

interface Timer {
  left: number
  startedAt: number
  readonly callback: () => void
  cancel: () => void
}

/**
 * Runs the clock of a machine that can sleep and whose time can be set. Timers stand still during sleep, as real ones
 * do, and ignore changes of the time of day.
 */
export class SleepyClock implements Clock {
  /** How far the time of day runs ahead of the true time, ms. */
  aheadMs = 0
  readonly #time: Clock
  readonly #timers = new Set<Timer>()
  #isAsleep = false

  /** @param time the true time */
  constructor(time: Clock) {
    this.#time = time
  }

  now(): number {
    return this.#time.now() + this.aheadMs
  }

  after(ms: number, callback: () => void): () => void {
    const timer: Timer = { left: ms, startedAt: 0, callback, cancel: () => undefined }
    this.#timers.add(timer)
    if (!this.#isAsleep) this.#start(timer)
    return () => {
      timer.cancel()
      this.#timers.delete(timer)
    }
  }

  fallAsleep(): void {
    if (this.#isAsleep) return
    this.#isAsleep = true
    for (const timer of this.#timers) {
      timer.cancel()
      timer.left = Math.max(0, timer.left - (this.#time.now() - timer.startedAt))
    }
  }

  wakeUp(): void {
    if (!this.#isAsleep) return
    this.#isAsleep = false
    for (const timer of this.#timers) this.#start(timer)
  }

  #start(timer: Timer): void {
    timer.startedAt = this.#time.now()
    timer.cancel = this.#time.after(timer.left, () => {
      this.#timers.delete(timer)
      timer.callback()
    })
  }
}
