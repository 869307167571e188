import { execFileSync } from 'node:child_process'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { openPopover } from './support/keyboard.ts'
import { Profile } from './support/profile.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

/** QR_LAUNCHES sets more launches: a hang in one launch of ten needs many to show. */
const LAUNCHES = Number(process.env['QR_LAUNCHES'] ?? 2)
/**
 * Limit for quitting, ms, far above the usual. Slow ends are only counted, because a busy computer may need
 * longer.
 */
const PROMPT_MS = 5_000

let watcher: TrayWatcher
let profile: Profile

beforeAll(async () => {
  watcher = await TrayWatcher.start()
  profile = await Profile.create()
})

afterAll(async () => {
  await profile.remove()
  watcher.stop()
})

/** Opens a new account's form in a new app, with a chosen picture. */
async function formWith(picture: string): Promise<{ app: App; form: Page }> {
  const app = await App.start(profile)
  const popover = await openPopover(app, watcher)
  await popover.evaluate(() => window.tokentray.openAccountForm({ name: null }))
  const form = await app.accountForm()
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, picture)
  await form.getByRole('button', { name: 'Zerodha Kite Connect' }).click()
  await form.getByRole('button', { name: 'Choose a picture…' }).click()
  return { app, form }
}

/** Quits as the menu does, and returns the time that it took, ms. */
async function quit(app: App): Promise<number> {
  const began = performance.now()
  await app.electron.evaluate(({ app: electron }) => {
    setImmediate(() => electron.quit())
  })
  expect(await app.ended()).toBe(0)
  return performance.now() - began
}

/** Returns the ids of the processes that read a picture for the app. */
const readersOf = (app: App): Promise<number[]> =>
  app.electron.evaluate(({ app: electron }) =>
    electron
      .getAppMetrics()
      .filter(({ name }) => name === 'TokenTray QR codes')
      .map(({ pid }) => pid),
  )

test(
  'the app ends when it is quit after it has read a QR code, each time',
  async () => {
    const picture = path.join(profile.folder, 'qr.png')
    execFileSync('qrencode', ['-o', picture, 'otpauth://totp/Zerodha:AB1234?secret=GEZDGNBVGY3TQOJQ'])
    const took: number[] = []
    for (let launch = 0; launch < LAUNCHES; launch++) {
      const { app, form } = await formWith(picture)
      await form.getByText('Zerodha: AB1234.').waitFor()
      await eventually(() => readersOf(app)).toEqual([])
      took.push(await quit(app))
    }
    const prompt = took.filter((ms) => ms <= PROMPT_MS).length
    process.stderr.write(
      `${prompt} of ${LAUNCHES} ended within ${PROMPT_MS} ms, the slowest in ${Math.round(Math.max(...took))} ms\n`,
    )
  },
  LAUNCHES * 60_000,
)

test('the app ends, and the reader with it, when it is quit while a picture keeps that busy', async () => {
  // The picture holds more QR finder squares than a reader can judge in minutes.
  const square = path.join(profile.folder, 'square.png')
  const busy = path.join(profile.folder, 'busy.png')
  const draw = [
    '-fill',
    'black',
    '-draw',
    'rectangle 1,1 7,7',
    '-fill',
    'white',
    '-draw',
    'rectangle 2,2 6,6',
  ]
  execFileSync('convert', [
    '-size',
    '9x9',
    'xc:white',
    ...draw,
    '-fill',
    'black',
    '-draw',
    'rectangle 3,3 5,5',
    square,
  ])
  execFileSync('convert', ['-size', '3000x3000', `tile:${square}`, busy])
  const { app } = await formWith(busy)
  await eventually(async () => (await readersOf(app)).length).toBe(1)
  const [reader = 0] = await readersOf(app)
  await quit(app)
  await eventually(() => isRunning(reader)).toBe(false)
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
