import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { replaceFile } from '../electron/adapters/replace-file.ts'
import { emptyState } from '../electron/core/state/state.ts'
import { App, closes } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { expectKeyboard, hidePopover, openPopover } from './support/keyboard.ts'
import { photographPage } from './support/photograph.ts'
import { tryPractice } from './support/practice-account.ts'
import { Profile } from './support/profile.ts'
import { ask } from './support/programs.ts'
import { readyTooltip } from './support/ready.ts'
import { pasted, percentOf, photographScreen, pressKeys, visibleWindows } from './support/screen.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

const TITLE = 'TokenTray settings'

describe('the settings', () => {
  let watcher: TrayWatcher
  let profile: Profile
  let app: App
  let page: Page

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    profile = await Profile.create()
    app = await App.start(profile)
    await tryPractice(app)
    page = await openSettings()
  })

  afterAll(async () => {
    await app.quit()
    await rm(autostartFolder(), { recursive: true, force: true })
    await profile.remove()
    watcher.stop()
  })

  const autostartFolder = (): string => path.join(profile.env['XDG_CONFIG_HOME'] ?? '', 'autostart')
  const autostartFiles = (): Promise<string[]> => readdir(autostartFolder()).catch(() => [])

  async function openSettings(): Promise<Page> {
    const popover = await openPopover(app, watcher)
    // A page receives no key before it shows anything.
    await popover.getByRole('listitem').waitFor()
    await pressKeys('ctrl+comma')
    const settings = await app.settings()
    // The tests check the theme that the app itself sets.
    await settings.emulateMedia({ colorScheme: null, reducedMotion: null, forcedColors: null })
    await settings.getByRole('heading', { name: 'TokenTray settings' }).waitFor()
    await expectKeyboard(app, settings)
    return settings
  }

  /** Focuses the settings' window, as a click on it would. */
  async function focusWindow(): Promise<void> {
    const [window = ''] = await visibleWindows(app.pid, TITLE)
    await ask('xdotool', ['windowactivate', '--sync', window])
  }

  /** Moves the keyboard focus to a setting and presses a key. */
  async function press(
    role: 'switch' | 'radio' | 'button',
    name: string | RegExp,
    key: string,
  ): Promise<void> {
    await page.getByRole(role, { name }).focus()
    await page.keyboard.press(key)
  }

  const outcomeBeside = (id: string): Promise<string> => page.locator(`#${id}-outcome`).innerText()

  async function type(label: string, text: string): Promise<void> {
    await page.getByLabel(label, { exact: true }).focus()
    await page.keyboard.press('Control+A')
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }

  test('are one window, however often they are asked for', async () => {
    await openSettings()
    await openSettings()
    expect(app.electron.windows().filter((window) => window.url().endsWith('/settings.html'))).toHaveLength(1)
    await photographPage(page, 'settings', true)
    await page.emulateMedia({ colorScheme: null })
  })

  test('say which program this is', async () => {
    const about = page.getByRole('region', { name: 'About' })
    await about.getByText(profile.home).waitFor()
    const electron = await app.electron.evaluate(() => process.versions.electron)
    await about.getByText(electron, { exact: true }).waitFor()
    const isOld = Number.parseInt(electron) < 43
    expect(await about.getByText('This Electron is past its support').count()).toBe(isOld ? 1 : 0)
  })

  test('refuse a clipboard time past the limits, and say so beside it', async () => {
    await type('Clear the clipboard after', '3')
    await eventually(() => outcomeBeside('clipboardSeconds')).toBe('Choose from 5 to 120 seconds.')
    expect((await profile.state()).settings.clipboardSeconds).toBe(30)
  })

  test('have the clipboard cleared after the seconds that were typed', async () => {
    await type('Clear the clipboard after', '5')
    await eventually(() => outcomeBeside('clipboardSeconds')).toBe('Saved')
    const popover = await openPopover(app, watcher)
    // The app itself reports it, because a look at the clipboard might come after five seconds.
    const keptMs = popover.evaluate(
      () =>
        new Promise<number>((resolve) => {
          window.tokentray.on('stateChanged', ({ clipboard }) => {
            if (clipboard !== null) resolve(clipboard.clearsAt - clipboard.copiedAt)
          })
        }),
    )
    // A plain click would hide the popover.
    await popover.getByRole('button', { name: 'Copy token of practice' }).click({ modifiers: ['Shift'] })
    expect(await keptMs).toBe(5_000)
    await eventually(pasted).toBe('')
  })

  test('have TokenTray started at login, and no longer', async () => {
    await press('switch', 'Start at login', 'Space')
    await eventually(() => outcomeBeside('launchAtLogin')).toBe('Saved')
    await eventually(() => page.getByRole('switch', { name: 'Start at login' }).isChecked()).toBe(true)
    const [name = ''] = await autostartFiles()
    const text = await readFile(path.join(autostartFolder(), name), 'utf8')
    expect(text).toMatch(/^Exec="env" "TOKENTRAY_HOME=.*" "\/.*electron" .*"--hidden"$/m)
    await press('switch', 'Start hidden', 'Space')
    await eventually(() => readFile(path.join(autostartFolder(), name), 'utf8')).toMatch(/"--open"$/m)
    await press('switch', 'Start hidden', 'Space')
    await eventually(() => readFile(path.join(autostartFolder(), name), 'utf8')).toMatch(/"--hidden"$/m)

    await press('switch', 'Start at login', 'Space')
    await eventually(autostartFiles).toEqual([])
    await eventually(() => page.getByRole('switch', { name: 'Start at login' }).isChecked()).toBe(false)
  })

  test('notice that the user has had the desktop switch that off', async () => {
    const box = page.getByRole('switch', { name: 'Start at login' })
    await press('switch', 'Start at login', 'Space')
    await eventually(() => box.isChecked()).toBe(true)
    const [name = ''] = await autostartFiles()
    await rm(path.join(autostartFolder(), name))
    await openPopover(app, watcher)
    await focusWindow()
    await eventually(() => box.isChecked()).toBe(false)
  })

  test('turn every page dark and light, and the windows behind them', async () => {
    const dark = (of: Page) => of.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
    await (await watcher.itemOf(app.pid)).press('Open')
    const popover = await app.popover()
    await popover.emulateMedia({ colorScheme: null })
    const behind = (): Promise<string[]> =>
      app.electron.evaluate(({ BrowserWindow }) => [
        ...new Set(BrowserWindow.getAllWindows().map((window) => window.getBackgroundColor().toLowerCase())),
      ])
    await press('radio', 'Light', 'ArrowRight')
    await eventually(() => dark(page)).toBe(true)
    await eventually(() => dark(popover)).toBe(true)
    await eventually(behind).toEqual(['#191b1f'])
    await press('radio', 'Dark', 'ArrowLeft')
    await eventually(() => dark(page)).toBe(false)
    await eventually(() => dark(popover)).toBe(false)
    await eventually(behind).toEqual(['#f4f5f7'])
    await eventually(() => outcomeBeside('theme')).toBe('Saved')
  })

  test('have every window hidden from recorders, those to come too', async () => {
    await app.electron.evaluate(({ app: electronApp, BrowserWindow }) => {
      // Linux ignores the request, so the test only checks that the app makes it.
      const { prototype } = BrowserWindow
      prototype.setContentProtection = function (enable) {
        process.stdout.write(`window ${String(this.id)} protected: ${String(enable)}\n`)
      }
      return electronApp.getVersion()
    })
    await page.evaluate(() => window.settings.change({ hideFromCapture: true }))
    await eventually(() => app.output).toMatch(/protected: true/)
    await app.electron.evaluate(({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false })
      process.stdout.write(`new window ${String(window.id)}\n`)
      window.destroy()
    })
    await eventually(() => {
      const [, id = ''] = /new window (\d+)/.exec(app.output) ?? []
      return app.output.includes(`window ${id} protected: true`)
    }).toBe(true)
  })

  test('have codes blurred until they are pointed at or reached by Tab', async () => {
    await (await watcher.itemOf(app.pid)).press('Open')
    await press('switch', 'Blur codes until pointed at', 'Space')
    await eventually(() => outcomeBeside('blurCodes')).toBe('Saved')
    const popover = await app.popover()
    const copy = popover.getByRole('button', { name: /^Copy (next )?code/ })
    const filter = (): Promise<string> =>
      copy.locator(':scope > :nth-child(2)').evaluate((digits) => getComputedStyle(digits).filter)
    await eventually(filter).toBe('blur(7px)')
    await copy.hover()
    await eventually(filter).toBe('none')
    await popover.mouse.move(0, 0)
    await eventually(filter).toBe('blur(7px)')
    await copy.press('Shift')
    await eventually(filter).toBe('none')
    await page.evaluate(() => window.settings.change({ blurCodes: false }))
  })

  test('tell the time on a clock of twelve hours, and the command line keeps its 24', async () => {
    await press('switch', '24-hour clock', 'Space')
    await eventually(() => outcomeBeside('clock24')).toBe('Saved')
    const popover = await app.popover()
    await popover.getByText(/until 6:00 am (IST )?(today|tomorrow)/).waitFor()
    await popover
      .getByRole('timer')
      .getByText(/^\d{1,2}:\d\d:\d\d [ap]m$/)
      .waitFor()
    expect(await profile.cli.mustRun('status')).toContain('06:00')
  })

  test('keep the morning’s time and what to be told of', async () => {
    await type('Login time', '9:05')
    await eventually(() => page.getByLabel('Login time', { exact: true }).inputValue()).toBe('9:05 am')
    await press('switch', 'all accounts are ready', 'Space')
    await eventually(async () => (await profile.state()).settings).toMatchObject({
      schedule: { on: true, at: '09:05' },
      notifications: { allReady: true, failed: true },
    })
  })

  test('record a shortcut by its being pressed, which then opens and hides the popover', async () => {
    await focusWindow()
    await press('button', 'Record a shortcut', 'Enter')
    await page.getByText('Press the keys…').waitFor()
    await pressKeys('ctrl+alt+k')
    await page.getByRole('button', { name: 'Ctrl + Alt + K' }).waitFor()
    await eventually(() => outcomeBeside('shortcut')).toBe('Saved')
    await hidePopover(app)
    await pressKeys('ctrl+alt+k')
    await eventually(() => app.showsPopover()).toBe(true)
    await pressKeys('ctrl+alt+k')
    await eventually(() => app.showsPopover()).toBe(false)
  })

  const holdsShortcut = (): Promise<boolean> =>
    app.electron.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('Control+Alt+K'))

  test('tell at once of a shortcut that another program has, and keep the one before', async () => {
    const other = await Profile.create()
    const settings = { ...emptyState.settings, shortcut: 'Control+Alt+J' }
    await mkdir(other.home)
    await writeFile(path.join(other.home, 'state.json'), JSON.stringify({ ...emptyState, settings }))
    const otherApp = await App.start(other, ['--hidden'])
    await watcher.itemOf(otherApp.pid)
    try {
      await press('button', 'Ctrl + Alt + K', 'Enter')
      // Bypasses the screen, where the other program would receive the key.
      await page.keyboard.press('Control+Alt+J')
      await eventually(() => outcomeBeside('shortcut')).toBe(
        'Another program or your desktop has these keys. Choose others.',
      )
      await page.getByRole('button', { name: 'Ctrl + Alt + K' }).waitFor()
      expect((await profile.state()).settings.shortcut).toBe('Control+Alt+K')
      await eventually(holdsShortcut).toBe(true)
      await pressKeys('ctrl+alt+k')
      await eventually(() => app.showsPopover()).toBe(true)
      await hidePopover(app)
    } finally {
      await otherApp.quit()
      await other.remove()
    }
  })

  test('refuse a shortcut that other programs live by', async () => {
    await press('button', 'Ctrl + Alt + K', 'Enter')
    await page.keyboard.press('Control+C')
    await eventually(() => outcomeBeside('shortcut')).toMatch(/^Use a combination/)
    await press('button', 'Ctrl + Alt + K', 'Enter')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Ctrl + Alt + K' }).waitFor()
  })

  test('follow a change that another process makes', async () => {
    const state = await profile.state()
    const settings = { ...state.settings, clipboardSeconds: 45 }
    // Replaces the file atomically, as the app does: a partial file would be set aside as damaged.
    await replaceFile(path.join(profile.home, 'state.json'), JSON.stringify({ ...state, settings }))
    await eventually(() => page.getByLabel('Clear the clipboard after').inputValue()).toBe('45')
  })

  test('grow at Ctrl + in every window, can be read and used at twice the size, shrink at Ctrl − and stay so', async () => {
    const popover = await openPopover(app, watcher)
    await pressKeys('ctrl+plus')
    await eventually(async () => [await percentOf(popover), await percentOf(page)]).toEqual([110, 110])
    await openSettings()
    for (const percent of [100, 110, 125, 150, 175, 200]) {
      await pressKeys(percent === 100 ? 'ctrl+0' : 'ctrl+plus')
      await eventually(() => percentOf(page)).toBe(percent)
    }
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    await eventually(overflow).toBe(0)
    await photographScreen('settings-twice-the-size')
    await pressKeys('ctrl+minus')
    await eventually(async () => (await profile.state()).settings).toMatchObject({ textPercent: 175 })
  })

  test('close at Esc, and outlive the app', async () => {
    await page.getByRole('heading', { name: 'TokenTray settings' }).click()
    await closes(page, () => page.keyboard.press('Escape'))
    await app.quit()

    app = await App.start(profile, ['--hidden'])
    await eventually(async () => (await watcher.itemOf(app.pid)).tooltip()).toMatch(readyTooltip(1, 1))
    expect(await app.showsPopover()).toBe(false)
    await pressKeys('ctrl+alt+k')
    await eventually(() => app.showsPopover()).toBe(true)
    await (await app.popover()).getByText(/until 6:00 am/).waitFor()
    await eventually(async () => percentOf(await app.popover())).toBe(175)
    page = await openSettings()
    expect(await percentOf(page)).toBe(175)
    expect(await page.getByLabel('Clear the clipboard after').inputValue()).toBe('45')
    expect(await page.getByRole('radio', { name: 'Light' }).isChecked()).toBe(true)
    expect((await profile.state()).settings).toMatchObject({ hideFromCapture: true })
    // Nothing can hide a window on Linux.
    expect(await page.getByRole('switch', { name: 'Hide from screen capture' }).count()).toBe(0)
    expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(false)
  })

  test('give a shortcut back when it is cleared', async () => {
    await press('button', 'Clear the shortcut', 'Enter')
    await page.getByRole('button', { name: 'Record a shortcut' }).waitFor()
    await eventually(holdsShortcut).toBe(false)
  })
})
