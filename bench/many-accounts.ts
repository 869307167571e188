import type { Profile } from '../tests/support/profile.ts'
import { median, type Budget } from './budget.ts'
import type { Setting } from './setting.ts'
import { ours } from './tray-program.ts'

const MANY = 50

/** Measures whether the popover opens as fast with many accounts. */
export async function manyAccounts(setting: Setting): Promise<readonly Budget[]> {
  const [one, many] = [await setting.profileOf(1), await setting.profileOf(MANY)]
  const times: { readonly one: number; readonly many: number }[] = []
  for (let run = 0; run < setting.runs; run++) {
    times.push({ one: await firstClick(setting, one), many: await firstClick(setting, many) })
  }
  const [withOne, withMany] = [median(times.map((time) => time.one)), median(times.map((time) => time.many))]
  return [
    {
      what: `first click with ${MANY} accounts`,
      limit: 1.5,
      measured: withMany / withOne,
      unit: '× with one',
      from: `${withMany.toFixed(0)} and ${withOne.toFixed(0)} ms`,
    },
  ]
}

async function firstClick(setting: Setting, profile: Profile): Promise<number> {
  const app = await setting.start(ours, profile)
  try {
    return await app.open()
  } finally {
    await app.end()
  }
}
