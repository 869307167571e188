import { besideBare } from './beside-bare.ts'
import { isKept, table, type Budget } from './budget.ts'
import { idling } from './idling.ts'
import { logins } from './logins.ts'
import { manyAccounts } from './many-accounts.ts'
import { renders } from './renders.ts'
import { inSetting, type Setting } from './setting.ts'

/** The options of `npm run bench:ui`. */
export interface BenchRun {
  /** Path of the Electron executable. */
  readonly electron: string
  /** Duration of each idle measurement, s. */
  readonly seconds: number
  /** Repetitions of every other measurement. */
  readonly runs: number
  /** The names of the measurements to run; empty for all. */
  readonly only: readonly string[]
  readonly say: (line: string) => void
}

const measurements: Readonly<Record<string, (setting: Setting) => Promise<readonly Budget[]>>> = {
  bare: besideBare,
  idle: idling,
  renders,
  many: manyAccounts,
  logins,
}

/**
 * Measures the tray app against its budgets and prints them.
 * Resolves with the exit code: 1 for a missed budget.
 */
export async function bench({ only, say, ...lengths }: BenchRun): Promise<number> {
  const unknown = only.filter((name) => !(name in measurements))
  if (unknown.length > 0) {
    say(`There is no ${unknown.join(', ')}. There are: ${Object.keys(measurements).join(', ')}`)
    return 2
  }
  const budgets: Budget[] = []
  for (const [name, measure] of Object.entries(measurements)) {
    if (only.length > 0 && !only.includes(name)) continue
    say(`Measuring ${name} …`)
    const measured = await inSetting(lengths, measure)
    say(table(measured))
    budgets.push(...measured)
  }
  return budgets.every(isKept) ? 0 : 1
}

export { soakQuit } from './soak-quit.ts'
