import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { hidePopover, openPopover } from './support/keyboard.ts'
import { endWait, SYSTEM_TIME } from './support/moved-clock.ts'
import { tryPractice } from './support/practice-account.ts'
import { Profile } from './support/profile.ts'
import { readyCard, readyTooltip } from './support/ready.ts'
import { pressKeys } from './support/screen.ts'
import type { TrayItem } from './support/tray-item.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

const DAY_SECONDS = 24 * 60 * 60
const HALF_A_MINUTE_MS = 30_000

describe('the tray icon', () => {
  let watcher: TrayWatcher
  let profile: Profile
  let app: App
  let icon: TrayItem

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    profile = await Profile.create(SYSTEM_TIME)
    app = await App.start(profile)
    icon = await watcher.itemOf(app.pid)
    await tryPractice(app)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    watcher.stop()
  })

  /** Returns the seconds in the label of *Copy code*; below 0 when the code has ended. */
  async function secondsToNextCode(): Promise<number> {
    const labels = (await icon.menu()).map(({ label }) => label).join()
    const [, time = ''] = /Copy code \(new at (\d\d:\d\d:\d\d)\)/.exec(labels) ?? []
    const seconds = (Date.parse(`1970-01-01T${time}+05:30`) - Date.now()) / 1000
    // Picks the nearest day, which shortly before midnight is tomorrow.
    return seconds - Math.round(seconds / DAY_SECONDS) * DAY_SECONDS
  }

  test('carries a menu with everything for the one account', async () => {
    const labels = async () => (await icon.menu()).map(({ label }) => label).filter((label) => label !== '')
    const copyCode: unknown = expect.stringMatching(/^Copy code \(new at /)
    await eventually(labels).toEqual([
      expect.stringMatching(/^\S+ · ready until /),
      'Copy access token',
      copyCode,
      'Log in',
      expect.stringMatching(/^Next login /),
      'Pause for today',
      'Open',
      'Settings…',
      'Quit',
    ])
    const disabled = async () =>
      (await icon.menu()).filter(({ enabled }) => !enabled).map(({ label }) => label)
    await eventually(disabled).toEqual([
      expect.stringMatching(/^\S+ · ready until /),
      expect.stringMatching(/^Next login /),
    ])
  })

  test('opens the settings from its menu', async () => {
    await icon.press('Settings…')
    await eventually(() => app.electron.windows().map((page) => page.url())).toContain(
      'tokentray://app/settings.html',
    )
    const settings = app.electron.windows().find((page) => page.url().endsWith('/settings.html'))
    await settings?.close()
  })

  test('shows the popover at a click and hides it at the next', async () => {
    await hidePopover(app)
    await icon.activate()
    await eventually(() => app.showsPopover()).toBe(true)
    await icon.activate()
    await eventually(() => app.showsPopover()).toBe(false)
  })

  test('Escape hides the popover', async () => {
    const popover = await openPopover(app, watcher)
    await popover.keyboard.press('Escape')
    await eventually(() => app.showsPopover()).toBe(false)
  })

  test('closing the popover only hides it', async () => {
    const popover = await openPopover(app, watcher)
    // A window manager may give the keyboard later than Chromium thinks, and the keys are for nobody then.
    const closed = async (): Promise<boolean> => {
      await pressKeys('alt+F4')
      return !(await app.showsPopover())
    }
    await eventually(closed).toBe(true)
    expect(popover.isClosed()).toBe(false)
    expect(await icon.status()).toBe('Active')
  })

  test('a second start shows the popover of the first and ends', async () => {
    await hidePopover(app)
    expect(await App.startAgain(profile)).toBe(0)
    await eventually(() => app.showsPopover()).toBe(true)
    expect(await icon.status()).toBe('Active')
  })

  test('logs in from its menu, which asks the broker first and keeps a token that still works', async () => {
    const before = await profile.cli.mustRun('token', 'practice')
    await icon.press('Log in')
    await eventually(() => icon.tooltip()).toMatch(readyTooltip(1, 1))
    expect(await profile.cli.mustRun('token', 'practice')).toBe(before)
  })

  test('a popover hidden for half a minute gives its memory back, and a click brings it anew', async () => {
    const popover = await openPopover(app, watcher)
    await hidePopover(app)
    await endWait(app, HALF_A_MINUTE_MS)
    await eventually(() => popover.isClosed()).toBe(true)
    // The menu may show the end of the next code by then.
    await eventually(async () => {
      const seconds = await secondsToNextCode()
      return seconds > 0 && seconds <= 31
    }).toBe(true)
    await icon.activate()
    await eventually(() => app.showsPopover()).toBe(true)
    const anew = await app.popover()
    await readyCard(anew, 'practice').waitFor()
    await anew.getByRole('button', { name: /^Copy code/ }).waitFor()
  })

  test('the doctor says which Electron runs it, and how old that is', async () => {
    const running = await app.electron.evaluate(() => process.versions.electron)
    const line = new RegExp(
      `^Running: the tray app, in Electron ${running}, (about \\d+ months|no) older than`,
      'm',
    )
    expect((await profile.cli.run('doctor')).stdout).toMatch(line)
  })

  test('Quit ends the process', async () => {
    await icon.press('Quit')
    expect(await app.ended()).toBe(0)
  })

  test('after a restart the practice account still works and its broker runs again', async () => {
    const token = await profile.cli.mustRun('token', 'practice')
    app = await App.start(profile)
    icon = await watcher.itemOf(app.pid)
    await eventually(() => icon.tooltip()).toMatch(readyTooltip(1, 1))
    const headers = { 'x-kite-version': '3', authorization: `token practicekey00000:${token}` }
    const askBroker = async (): Promise<number> => {
      // Uses another port in case the old one is taken.
      const { endpoints } = await profile.account('practice')
      return (await fetch(`${endpoints['api'] ?? ''}/user/profile`, { headers })).status
    }
    await eventually(() => askBroker().catch(() => 'no answer')).toBe(200)
    expect(await profile.cli.mustRun('status', '--probe')).toMatch(/^practice: ready/)
  })
})
