/** Measures how much CPU time single steps of this process take, and tells which took most. */
export class CostReport {
  readonly #costs: { readonly what: string; readonly cpuMs: number }[] = []
  #step: { readonly what: string; readonly before: NodeJS.CpuUsage } | null = null

  /** Begins a step and ends the one before. CPU time, because other programs lengthen what a clock shows. */
  begin(what: string): void {
    this.end()
    this.#step = { what, before: process.cpuUsage() }
  }

  /** Ends the step that was begun, if any. */
  end(): void {
    if (this.#step === null) return
    const { what, before } = this.#step
    const { user, system } = process.cpuUsage(before)
    this.#costs.push({ what, cpuMs: (user + system) / 1_000 })
    this.#step = null
  }

  /** Prints the costliest steps. */
  print(title: string, most = 5): void {
    const costliest = [...this.#costs].sort((a, b) => b.cpuMs - a.cpuMs).slice(0, most)
    const lines = costliest.map(({ what, cpuMs }) => `  CPU ${cpuMs.toFixed(0).padStart(4)} ms  ${what}`)
    process.stdout.write(`${title}: the costliest of ${String(this.#costs.length)}\n${lines.join('\n')}\n`)
  }
}
