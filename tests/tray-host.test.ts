import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { hidePopover } from './support/keyboard.ts'
import { tryPractice } from './support/practice-account.ts'
import { Profile } from './support/profile.ts'
import { readyTooltip } from './support/ready.ts'
import { TrayWatcher } from './support/tray-watcher.ts'
import { until } from './support/until.ts'

const NOTICE = /^Your desktop shows no tray icons/

/**
 * Covers a panel that starts late, is switched off and on, and restarts, as GNOME's extension and plasmashell do.
 */
describe('a tray host that comes and goes', () => {
  let profile: Profile
  let app: App
  let watcher: TrayWatcher | null = null

  beforeAll(async () => {
    profile = await Profile.create()
    app = await App.start(profile)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    watcher?.stop()
  })

  /** Returns for each window whether it is reachable through the window list only. */
  const minimised = (): Promise<boolean[]> =>
    app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.isMinimized()),
    )

  test('that is not there yet is told of in the popover', async () => {
    await tryPractice(app)
    await (await app.popover()).getByText(NOTICE).waitFor()
  })

  test('that comes late gets the icon, and the popover says no more of it', async () => {
    watcher = await TrayWatcher.start()
    const icon = await watcher.itemOf(app.pid)
    await eventually(() => icon.tooltip()).toMatch(readyTooltip(1, 1))
    await (await app.popover()).getByText(NOTICE).waitFor({ state: 'detached' })
  })

  test('that is there now can be relied on: closing hides the window, a click brings the popover', async () => {
    await hidePopover(app)
    expect(await minimised()).toEqual([false])
    await (await watcher?.itemOf(app.pid))?.activate()
    await eventually(() => app.showsPopover()).toBe(true)
    expect(await app.popoverFrame()).toBe(false)
    await hidePopover(app)
  })

  test('that goes leaves the app in the list of windows', async () => {
    watcher?.stop()
    await eventually(minimised).toEqual([true])
    expect(await App.startAgain(profile)).toBe(0)
    await eventually(() => app.popoverFrame()).toBe(true)
    await (await app.popover()).getByText(NOTICE).waitFor()
  })

  test('without it closing minimises', async () => {
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await eventually(minimised).toEqual([true])
  })

  test('that comes back gets the icon again', async () => {
    watcher = await TrayWatcher.start()
    await eventually(minimised).toEqual([])
    const tray = watcher
    // Chromium shows a new tray its old icon first, and then replaces it.
    await until('a click that is heard', async () => {
      const icon = await tray.itemOf(app.pid)
      return icon.activate().then(
        () => true,
        () => null,
      )
    })
    await eventually(() => app.showsPopover()).toBe(true)
    expect(await app.popoverFrame()).toBe(false)
  })

  test('that is restarted at once gets the icon again, and no window appears', async () => {
    await hidePopover(app)
    watcher?.stop()
    watcher = await TrayWatcher.start()
    const icon = await watcher.itemOf(app.pid)
    await eventually(() => icon.tooltip()).toMatch(readyTooltip(1, 1))
    expect(await app.showsPopover()).toBe(false)
  })

  test('that has nothing to say has the app say it once: what was read stays away', async () => {
    watcher?.stop()
    watcher = null
    await eventually(minimised).toEqual([true])
    expect(await App.startAgain(profile)).toBe(0)
    const popover = await app.popover()
    await popover.getByText(NOTICE).waitFor()
    // The line before it is about the practice account.
    await popover.getByRole('button', { name: 'Got it' }).last().click()
    await popover.getByText(NOTICE).waitFor({ state: 'detached' })
  })
})
