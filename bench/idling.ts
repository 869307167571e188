import { setTimeout as sleep } from 'node:timers/promises'
import type { Profile } from '../tests/support/profile.ts'
import type { Budget } from './budget.ts'
import { cpuSeconds } from './processes.ts'
import type { Setting } from './setting.ts'
import { bare, ours, type Program, type TrayProgram } from './tray-program.ts'

const ACCOUNTS = 3
const SETTLE_MS = 3000
/** A hidden window is destroyed after 30 s: it is watched while it lives, s. */
const HIDDEN_FOR = 25

/** What the app costs while nobody does anything, all its processes together. */
export async function idling(setting: Setting): Promise<readonly Budget[]> {
  const profile = await setting.profileOf(ACCOUNTS)
  const floor = await watched(setting, bare, profile, async (app, percent) => {
    await app.open()
    return percent(setting.seconds)
  })
  return watched(setting, ours, profile, async (app, percent) => {
    const unit = '% of a core'
    const unopened = await percent(Math.min(setting.seconds, HIDDEN_FOR))
    await app.open()
    const counting = await percent(setting.seconds)
    await app.hide()
    const hidden = await percent(Math.min(setting.seconds, HIDDEN_FOR))
    const from = `${floor.toFixed(2)} ${unit} for a bare page that shows the seconds`
    return [
      { what: 'idle, never opened', limit: 0.2, measured: unopened, unit },
      { what: `idle, ${ACCOUNTS} countdowns on the screen`, limit: 1, measured: counting, unit, from },
      { what: 'idle, popover hidden again', limit: 0.2, measured: hidden, unit },
    ]
  })
}

/** Runs a program; `percent` tells how much of a core it has used over so many seconds. */
async function watched<T>(
  setting: Setting,
  program: Program,
  profile: Profile,
  watch: (app: TrayProgram, percent: (seconds: number) => Promise<number>) => Promise<T>,
): Promise<T> {
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
