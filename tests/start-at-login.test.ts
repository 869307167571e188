import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { startKiteConnect } from '../practice/kite-connect.ts'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { Profile } from './support/profile.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

describe('a start at login', () => {
  test('with a tray shows no window, and neither does one beside it', async () => {
    const watcher = await TrayWatcher.start()
    const profile = await Profile.create()
    const app = await App.start(profile, ['--hidden'])
    try {
      await (await watcher.itemOf(app.pid)).tooltip()
      expect(await App.startAgain(profile, ['--hidden'])).toBe(0)
      expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0)
      expect(await App.startAgain(profile)).toBe(0)
      await eventually(() => app.showsPopover()).toBe(true)
    } finally {
      await app.quit()
      await profile.remove()
      watcher.stop()
    }
  })

  test('is told from a start by hand, which shows the popover with accounts too', async () => {
    const broker = await startKiteConnect()
    const watcher = await TrayWatcher.start()
    const profile = await Profile.create()
    await profile.addAccount('main', broker)
    const app = await App.start(profile)
    try {
      await watcher.itemOf(app.pid)
      await eventually(() => app.showsPopover()).toBe(true)
    } finally {
      await app.quit()
      await profile.remove()
      watcher.stop()
      await broker.stop()
    }
  })

  test('without a tray leaves the window minimised, where the list of windows has it', async () => {
    const profile = await Profile.create()
    const app = await App.start(profile, ['--hidden'])
    try {
      const minimised = (): Promise<boolean[]> =>
        app.electron.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows().map((window) => window.isMinimized()),
        )
      await eventually(minimised).toEqual([true])
      expect(await App.startAgain(profile)).toBe(0)
      await eventually(minimised).toEqual([false])
      await eventually(() => app.popoverFrame()).toBe(true)
    } finally {
      await app.quit()
      await profile.remove()
    }
  })

  test('has no autostart file that nobody asked for', () => {
    expect(existsSync(path.join(process.env['XDG_CONFIG_HOME'] ?? '/nowhere', 'autostart'))).toBe(false)
  })
})
