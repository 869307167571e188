import { setTimeout as sleep } from 'node:timers/promises'
import type { Budget } from './budget.ts'
import { cpuSeconds } from './processes.ts'
import type { Setting } from './setting.ts'
import { ours } from './tray-program.ts'

const ACCOUNTS = 3
const SETTLE_MS = 3000
/** A hidden window is destroyed after 30 s: it is watched while it lives, s. */
const HIDDEN_FOR = 25

/** What the app costs while nobody does anything: all its processes together, by the kernel's own count. */
export async function idling(setting: Setting): Promise<readonly Budget[]> {
  const profile = await setting.profileOf(ACCOUNTS)
  const app = await setting.start(ours, profile)
  const percent = async (seconds: number): Promise<number> => {
    await sleep(SETTLE_MS)
    const [before, from] = [cpuSeconds(app.pid), performance.now()]
    await sleep(seconds * 1000)
    return ((cpuSeconds(app.pid) - before) / (performance.now() - from)) * 100_000
  }
  try {
    const unit = '% of a core'
    const unopened = await percent(Math.min(setting.seconds, HIDDEN_FOR))
    await app.open()
    const counting = await percent(setting.seconds)
    await app.hide()
    const hidden = await percent(Math.min(setting.seconds, HIDDEN_FOR))
    return [
      { what: 'idle, never opened', limit: 0.2, measured: unopened, unit },
      { what: `idle, ${ACCOUNTS} countdowns on the screen`, limit: 1, measured: counting, unit },
      { what: 'idle, popover hidden again', limit: 0.2, measured: hidden, unit },
    ]
  } finally {
    await app.end()
  }
}
