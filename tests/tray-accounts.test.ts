import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { Profile } from './support/profile.ts'
import { readyTooltip } from './support/ready.ts'
import { pasted } from './support/screen.ts'
import type { TrayItem } from './support/tray-item.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

describe('the tray icon with several accounts', () => {
  let watcher: TrayWatcher
  let brokers: KiteConnectPractice[]
  let profile: Profile
  let app: App
  let icon: TrayItem

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    brokers = await Promise.all(
      ['AA0001', 'BB0002'].map((user_id) => startKiteConnect({ credentials: { user_id } })),
    )
    profile = await Profile.create()
    for (const [index, broker] of brokers.entries()) {
      await profile.addAccount(`account-${String(index + 1)}`, broker)
    }
    app = await App.start(profile, ['--hidden'])
    icon = await watcher.itemOf(app.pid)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await Promise.all(brokers.map((broker) => broker.stop()))
    watcher.stop()
  })

  test('starts without a window', async () => {
    await eventually(() => icon.tooltip()).toMatch(/^TokenTray: 0 of 2 ready\n/)
    expect(app.electron.windows()).toEqual([])
  })

  test('has a menu for each, and one item for all', async () => {
    const menu = async () => (await icon.menu()).filter(({ label }) => label !== '')
    await eventually(async () => (await menu()).map(({ label }) => label)).toEqual([
      'account-1 · no token yet',
      'account-2 · no token yet',
      'Log in all',
      expect.stringMatching(/^Next login /),
      'Pause for today',
      'Open',
      'Settings…',
      'Quit',
    ])
    const ofTheFirst = async () => (await menu())[0]?.children.map(({ label, enabled }) => [label, enabled])
    await eventually(ofTheFirst).toEqual([
      ['Copy access token', false],
      [expect.stringMatching(/^Copy code \(new at \d\d:\d\d:\d\d\)$/), true],
      ['Log in', true],
    ])
  })

  test('logs all in from its menu, without a window', async () => {
    const before = await icon.pixmaps()
    await icon.press('Log in all')
    await eventually(() => icon.tooltip()).toMatch(readyTooltip(2, 2))
    await eventually(() => icon.pixmaps()).not.toEqual(before)
    expect(app.electron.windows()).toEqual([])
  })

  test('copies the token of the account that was chosen', async () => {
    const tokens: string[] = []
    for (const name of ['account-1', 'account-2']) {
      const token = await profile.cli.mustRun('token', name)
      const before = await icon.pixmaps()
      await icon.press(name, 'Copy access token')
      await eventually(pasted).toBe(token)
      // A tick for a moment, because the menu has closed.
      await eventually(() => icon.pixmaps()).not.toEqual(before)
      await eventually(() => icon.pixmaps()).toEqual(before)
      tokens.push(token)
    }
    expect(new Set(tokens).size).toBe(2)
  })

  test('shows when one of them needs the user', async () => {
    const ready = await icon.pixmaps()
    const envFile = await profile.envFile(brokers[1] ?? expect.unreachable(), { password: 'mistyped' })
    await profile.cli.mustRun('account', 'edit', 'account-2', '--env-file', envFile)
    await profile.cli.mustRun('logout', 'account-2')
    expect((await profile.cli.run('login', 'account-2')).code).toBe(3)
    await eventually(() => icon.tooltip()).toMatch(/^TokenTray: 1 of 2 ready · .*\naccount-2: ./)
    await eventually(() => icon.pixmaps()).not.toEqual(ready)
  })
})
