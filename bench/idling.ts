import { setTimeout as sleep } from 'node:timers/promises'
import type { Profile } from '../tests/support/profile.ts'
import type { Budget } from './budget.ts'
import { cpuSeconds } from './processes.ts'
import type { Setting } from './setting.ts'
import { bare, ours, type Program, type TrayProgram } from './tray-program.ts'

const SEVERAL = 3
const SETTLE_MS = 3000
/** A hidden window is destroyed after 30 s, so it is measured within this time, s. */
const HIDDEN_FOR = 25

/**
 * Measures the idle app, all its processes together.
 * The cost of a countdown is its excess over a bare page with seconds, which is Electron's price for a frame a
 * second.
 */
export async function idling(setting: Setting): Promise<readonly Budget[]> {
  const unit = '% of a core'
  const [one, several] = [await setting.profileOf(1), await setting.profileOf(SEVERAL)]
  const opened: Watch<number> = async (app, percent) => {
    await app.open()
    return percent(setting.seconds)
  }
  const floor = await watched(setting, bare, one, opened)
  const busiest = await watched(setting, ours, several, opened)
  const [unopened, counting, hidden] = await watched(setting, ours, one, async (app, percent) => {
    const before = await percent(hiddenFor(setting))
    const open = await opened(app, percent)
    await app.hide()
    return [before, open, await percent(hiddenFor(setting))] as const
  })
  const own = (what: string, all: number): Budget => {
    const from = `${all.toFixed(2)} and ${floor.toFixed(2)}`
    return {
      what: `idle, ${what} on the screen, over a bare page`,
      limit: 1,
      measured: all - floor,
      unit,
      from,
    }
  }
  return [
    { what: 'idle, never opened', limit: 0.2, measured: unopened, unit },
    own('a countdown', counting),
    own(`${SEVERAL} countdowns`, busiest),
    { what: 'idle, popover hidden again', limit: 0.2, measured: hidden, unit },
  ]
}

const hiddenFor = ({ seconds }: Setting): number => Math.min(seconds, HIDDEN_FOR)

/**
 * Measures a program.
 * `percent` returns the share of a core that the program has used in that many seconds.
 */
type Watch<T> = (app: TrayProgram, percent: (seconds: number) => Promise<number>) => Promise<T>

async function watched<T>(setting: Setting, program: Program, profile: Profile, watch: Watch<T>): Promise<T> {
  const app = await setting.start(program, profile)
  try {
    return await watch(app, async (seconds) => {
      await sleep(SETTLE_MS)
      const [before, from] = [cpuSeconds(app.pid), performance.now()]
      await sleep(seconds * 1000)
      return ((cpuSeconds(app.pid) - before) / (performance.now() - from)) * 100_000
    })
  } finally {
    await app.end()
  }
}
