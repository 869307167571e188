import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks'

/** Measures how long single steps hold this process, and which took longest. */
export class CostReport {
  readonly #costs: { readonly what: string; readonly cpuMs: number; readonly heldMs: number }[] = []
  readonly #delay: IntervalHistogram = monitorEventLoopDelay({ resolution: 1 })

  /** Runs one step. Its CPU time is told beside the delay of the event loop, which other programs lengthen too. */
  async measure<T>(what: () => string, step: () => Promise<T>): Promise<T> {
    this.#delay.reset()
    this.#delay.enable()
    const before = process.cpuUsage()
    try {
      return await step()
    } finally {
      const { user, system } = process.cpuUsage(before)
      // Lets the delay of the last turn be counted.
      await new Promise((resolve) => setTimeout(resolve, 2))
      this.#delay.disable()
      this.#costs.push({ what: what(), cpuMs: (user + system) / 1_000, heldMs: this.#delay.max / 1_000_000 })
    }
  }

  /** Prints the costliest steps. */
  print(title: string, most = 5): void {
    const costliest = [...this.#costs].sort((a, b) => b.cpuMs - a.cpuMs).slice(0, most)
    const lines = costliest.map(
      ({ what, cpuMs, heldMs }) =>
        `  CPU ${cpuMs.toFixed(0).padStart(5)} ms, held ${heldMs.toFixed(0).padStart(5)} ms  ${what}`,
    )
    process.stdout.write(`${title}: the costliest of ${String(this.#costs.length)}\n${lines.join('\n')}\n`)
  }
}
