import { setTimeout as sleep } from 'node:timers/promises'
import type { Budget } from './budget.ts'
import type { Setting } from './setting.ts'
import { ours } from './tray-program.ts'

const HIDDEN_FOR_S = 15
const SETTLE_MS = 3000
const TOTP_WINDOW_S = 30

/**
 * Counts React's commits, as React reports them to its developer tools.
 * Uses one account, so that every commit belongs to its card.
 */
export async function renders(setting: Setting): Promise<readonly Budget[]> {
  const profile = await setting.profileOf(1)
  const app = await setting.start(ours, profile, { BENCH_COMMITS: '1' })
  const commitsIn = async (seconds: number): Promise<number> => {
    await sleep(SETTLE_MS)
    const before = app.commits
    await sleep(seconds * 1000)
    return app.commits - before
  }
  try {
    await app.open()
    const shown = await commitsIn(setting.seconds)
    if (shown === 0) throw new Error('React told of no commit, although the countdown was on the screen.')
    await app.hide()
    const hidden = await commitsIn(HIDDEN_FOR_S)
    return [
      {
        what: `React commits in ${setting.seconds} s, one card`,
        // One a second, both ends included, and one for each new code from the main process.
        limit: setting.seconds + 1 + Math.floor(setting.seconds / TOTP_WINDOW_S) + 1,
        measured: shown,
        unit: 'commits',
      },
      { what: `React commits in ${HIDDEN_FOR_S} s, hidden`, limit: 0, measured: hidden, unit: 'commits' },
    ]
  } finally {
    await app.end()
  }
}
