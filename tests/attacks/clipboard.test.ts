import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { App } from '../support/app.ts'
import { eventually } from '../support/eventually.ts'
import { pastedByScript } from '../support/paste.ts'
import { tryPractice } from '../support/practice-account.ts'
import { Profile } from '../support/profile.ts'
import { ask } from '../support/programs.ts'
import { copyElsewhere, middleClicked, pasted } from '../support/screen.ts'
import { TrayWatcher } from '../support/tray-watcher.ts'

let watcher: TrayWatcher
let profile: Profile
let app: App
let popover: Page
let token: string

beforeAll(async () => {
  watcher = await TrayWatcher.start()
  profile = await Profile.create()
  app = await App.start(profile)
  await tryPractice(app)
  popover = await app.popover()
  token = await profile.cli.mustRun('token', 'practice')
})

afterAll(async () => {
  await app.quit()
  await profile.remove()
  watcher.stop()
})

/** Returns what X11 holds beside the clipboard: the other selections and the eight cut buffers of old programs. */
async function leftElsewhere(): Promise<string> {
  const secondary = (await ask('xclip', ['-o', '-selection', 'secondary'])) ?? ''
  const buffers = (await ask('xprop', ['-root'])) ?? ''
  return `${await middleClicked()}${secondary}${/^CUT_BUFFER.*$/gm.exec(buffers)?.[0] ?? ''}`
}

const copyToken = (): Promise<unknown> =>
  popover.evaluate(() => window.tokentray.copyToken({ name: 'practice' }))
const copyCode = (): Promise<unknown> =>
  popover.evaluate(() => window.tokentray.copyCode({ name: 'practice' }))

describe('H3: what was copied', () => {
  beforeEach(() => copyElsewhere('copied elsewhere'))

  test('is nowhere where a middle click pastes it from', async () => {
    await copyToken()
    await eventually(pasted).toBe(token)
    await eventually(leftElsewhere).toBe('')
  })

  test('H3, another way: nor is a code', async () => {
    await copyCode()
    await eventually(pasted).toMatch(/^\d{6}$/)
    await eventually(leftElsewhere).toBe('')
  })

  test('H3, another way: nor is anything after several copies at once', async () => {
    await Promise.all([copyToken(), copyCode(), copyToken()])
    await eventually(pasted).toBe(token)
    await eventually(leftElsewhere).toBe('')
  })

  test('H3, another way: nor is what the tray’s menu copied', async () => {
    await (await watcher.itemOf(app.pid)).press('Copy access token')
    await eventually(pasted).toBe(token)
    await eventually(leftElsewhere).toBe('')
  })
})

test('M2: a popover that was taken over and copies a token can’t paste it', async () => {
  await copyToken()
  await eventually(pasted).toBe(token)
  expect(await pastedByScript(popover)).toBe('')
  expect(await popover.evaluate(() => navigator.clipboard.readText().then(String, String))).toMatch(
    /NotAllowed/,
  )
})
