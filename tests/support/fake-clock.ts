import type { Clock } from '../../electron/core/ports.ts'

interface Timer {
  readonly at: number
  readonly callback: () => void
}

/** Stands still until a test moves it. */
export class FakeClock implements Clock {
  #now: number
  readonly #timers = new Set<Timer>()
  #watchers: (() => void)[] = []

  constructor(now: number) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback }
    this.#timers.add(timer)
    for (const watcher of this.#watchers.splice(0)) watcher()
    return () => this.#timers.delete(timer)
  }

  /** Moves time on and runs due timers in order. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const due = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (due === undefined) break
      this.#timers.delete(due)
      this.#now = Math.max(this.#now, due.at)
      due.callback()
    }
    this.#now = end
  }

  /** Resolves once a timer waits for exactly `ms` from now. */
  async untilWaitingFor(ms: number): Promise<void> {
    while (![...this.#timers].some(({ at }) => at === this.#now + ms)) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve))
    }
  }
}
