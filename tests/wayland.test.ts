import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { tryPractice } from './support/practice-account.ts'
import { Profile } from './support/profile.ts'
import { Sway } from './support/sway.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

const TITLE = 'TokenTray'
/** Frames that a window shows before its focus is surely settled. */
const FRAMES = 10
const CARRIED_ELSEWHERE = 'what the user had copied'
const SECRET = 'otpauth://totp/Zerodha:AB1234?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Zerodha'

describe('on Wayland', () => {
  let sway: Sway
  let watcher: TrayWatcher
  let profile: Profile
  let app: App
  let token: string

  beforeAll(async () => {
    ;[sway, watcher] = await Promise.all([Sway.start(), TrayWatcher.start()])
    profile = await Profile.create(sway.env)
    app = await App.start(profile)
  })

  const checkSway = (): void => {
    sway.assertRuns()
  }
  beforeEach(checkSway)
  afterEach(checkSway)

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    watcher.stop()
    await sway.stop()
  })

  const windows = (): Promise<string[]> => sway.windows(app.pid)
  const pressInMenu = async (label: string): Promise<void> => (await watcher.itemOf(app.pid)).press(label)
  /** Returns the popover's message about a copied value. */
  const clipboardOfOurs = async (): Promise<unknown> =>
    (await (await app.popover()).evaluate(() => window.tokentray.getState())).clipboard
  const copies = async (): Promise<number> =>
    (await profile.cli.mustRun('history')).split('\n').filter((line) => line.includes('copied by tray'))
      .length

  test('the popover opens by itself on a first run', async () => {
    await eventually(windows).toEqual([TITLE])
    await tryPractice(app)
    token = await profile.cli.mustRun('token', 'practice')
    await sway.photograph('wayland-first-run')
  })

  test('the settings open at the first press', async () => {
    await pressInMenu('Settings…')
    await eventually(windows).toContain('TokenTray settings')
    const settings = await app.settings()
    // Shortens the wait for the end of a copied value.
    await settings.getByLabel('Clear the clipboard after').fill('5')
    await settings.getByLabel('Clear the clipboard after').blur()
    await eventually(async () => (await profile.state()).settings.clipboardSeconds).toBe(5)
    await settings.close()
  })

  test('the account form opens at the first press', async () => {
    await pressInMenu('Open')
    await (await openAccountForm()).close()
  })

  test('the tray menu copies the token, with no window in front', async () => {
    await hide()
    await sway.copyElsewhere(CARRIED_ELSEWHERE)
    await pressInMenu('Copy access token')
    await eventually(() => sway.pasted()).toBe(token)
    await eventually(copies).toBe(1)
    expect(await windows()).toEqual([])
    expect(await inBufferFiles()).not.toContain(token)
  })

  test('the tray menu copies the code', async () => {
    await pressInMenu('Copy code')
    await eventually(() => sway.pasted()).toMatch(/^\d{6}$/)
  })

  test('the popover copies', async () => {
    await pressInMenu('Open')
    // A plain click would hide the popover.
    await (
      await app.popover()
    )
      .getByRole('button', { name: 'Copy token of practice' })
      .click({ modifiers: ['Shift'] })
    await eventually(() => sway.pasted()).toBe(token)
    await hide()
  })

  test('what was copied is gone from the clipboard when its time is over', async () => {
    await eventually(() => sway.pasted()).toBe('')
  })

  test('what was copied elsewhere meanwhile stays', async () => {
    await pressInMenu('Copy access token')
    await eventually(() => sway.pasted()).toBe(token)
    await sway.copyElsewhere(CARRIED_ELSEWHERE)
    await eventually(clipboardOfOurs).toBe(null)
    expect(await sway.pasted()).toBe(CARRIED_ELSEWHERE)
  })

  test('the account form clears the clipboard that a secret came from', async () => {
    await sway.copyElsewhere(SECRET)
    await pressInMenu('Open')
    const form = await openAccountForm()
    await form.getByRole('button', { name: 'Zerodha Kite Connect' }).click()
    await form.getByRole('button', { name: 'From the clipboard' }).click()
    await form.getByRole('button', { name: 'Clear the clipboard' }).click()
    await eventually(() => sway.pasted()).toBe('')
    await form.close()
    await hide()
  })

  test('quitting clears the clipboard that still holds a token', async () => {
    await pressInMenu('Copy access token')
    await eventually(() => sway.pasted()).toBe(token)
    await pressInMenu('Quit')
    expect(await app.ended()).toBe(0)
    expect(await sway.pasted()).toBe('')
  })

  async function openAccountForm(): Promise<Page> {
    await eventually(windows).toEqual([TITLE])
    await (await app.popover()).getByRole('button', { name: 'Add an account' }).click()
    await eventually(windows).toContain('Add an account')
    return app.accountForm()
  }

  /**
   * Hides the popover, as Escape does. Waits for frames of it first: they come by the connection by which Electron 33
   * asks for its focus when it is shown, and sway 1.7 crashes when that comes for a window that is hidden already
   * (https://github.com/swaywm/sway/pull/7168).
   */
  async function hide(): Promise<void> {
    const popover = await app.popover()
    await eventually(windows).toEqual([TITLE])
    await popover.evaluate(async (frames) => {
      for (let frame = 0; frame < frames; frame += 1)
        await new Promise((resolve) => requestAnimationFrame(resolve))
    }, FRAMES)
    await popover.evaluate(() => window.tokentray.hide())
    await eventually(windows).toEqual([])
  }
})

/** Returns the files that wl-copy, which buffers copies in files, has left in the shared temporary folder. */
async function inBufferFiles(): Promise<string[]> {
  const folders = (await readdir('/tmp')).filter((name) => name.startsWith('wl-copy-buffer-'))
  return Promise.all(
    folders.map((name) => readFile(path.join('/tmp', name, 'stdin'), 'utf8').catch(() => '')),
  )
}
