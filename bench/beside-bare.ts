import { setTimeout as sleep } from 'node:timers/promises'
import type { Profile } from '../tests/support/profile.ts'
import { median, type Budget } from './budget.ts'
import { memoryMb } from './processes.ts'
import type { Setting } from './setting.ts'
import { bare, ours, type Program } from './tray-program.ts'

/** Time after which both programs have finished their start-up work, ms. */
const SETTLE_MS = 3000
/** Duration of a bare start on the machine on which a warm click may take 50 ms, ms. */
const BARE_START_MS = 500
const WARM_MS = 50
const WARM_CLICKS = 5

interface Sample {
  readonly startMs: number
  readonly hiddenMb: number
  readonly coldMs: number
  readonly openMb: number
  readonly warmMs: number
}

/** Measures start, memory and clicks against a bare Electron app in the same run. */
export async function besideBare(setting: Setting): Promise<readonly Budget[]> {
  const profile = await setting.profileOf(1)
  const samples = {
    bare: [await sample(setting, bare, profile)],
    ours: [await sample(setting, ours, profile)],
  }
  // Alternates the programs, so that a busy moment of the computer affects both.
  for (let run = 1; run < setting.runs; run++) {
    samples.bare.push(await sample(setting, bare, profile))
    samples.ours.push(await sample(setting, ours, profile))
  }

  const compare = (what: string, limit: number, of: (sample: Sample) => number, unit: string): Budget => {
    const [mine, its] = [median(samples.ours.map(of)), median(samples.bare.map(of))]
    const from = `${mine.toFixed(0)} and ${its.toFixed(0)} ${unit}`
    return { what, limit, measured: mine / its, unit: '× bare', from }
  }
  const start = median(samples.bare.map(({ startMs }) => startMs))
  const warm = median(samples.ours.map(({ warmMs }) => warmMs))
  return [
    compare('start to tray icon', 1.15, ({ startMs }) => startMs, 'ms'),
    compare('memory without a window', 1.05, ({ hiddenMb }) => hiddenMb, 'MB'),
    compare('memory with the popover', 1.15, ({ openMb }) => openMb, 'MB'),
    compare('first click to visible popover', 1.45, ({ coldMs }) => coldMs, 'ms'),
    {
      what: 'later click to visible popover',
      limit: WARM_MS / BARE_START_MS,
      measured: warm / start,
      unit: '× bare start',
      from: `${warm.toFixed(0)} and ${start.toFixed(0)} ms`,
    },
  ]
}

async function sample(setting: Setting, program: Program, profile: Profile): Promise<Sample> {
  const running = await setting.start(program, profile)
  try {
    await sleep(SETTLE_MS)
    const hiddenMb = memoryMb(running.pid)
    const coldMs = await running.open()
    await sleep(SETTLE_MS)
    const openMb = memoryMb(running.pid)
    const warm: number[] = []
    for (let click = 0; click < WARM_CLICKS; click++) {
      await running.hide()
      warm.push(await running.open())
    }
    return { startMs: running.startMs, hiddenMb, coldMs, openMb, warmMs: median(warm) }
  } finally {
    await running.end()
  }
}
