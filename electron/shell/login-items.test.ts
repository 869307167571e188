import { expect, test } from 'vitest'
import { LoginItems, type LoginItemsOfApp } from './login-items.ts'

/** The list of programs that the system starts, as Electron shows it. */
class FakeApp implements LoginItemsOfApp {
  asked: unknown = null
  set: unknown = null
  list = { openAtLogin: false, executableWillLaunchAtLogin: false }

  getLoginItemSettings(program?: object): typeof this.list {
    this.asked = program
    return this.list
  }

  setLoginItemSettings(settings: object): void {
    this.set = settings
  }
}

test('on Windows the list names this very program, with its arguments and how to start', async () => {
  const app = new FakeApp()
  const items = new LoginItems(app, 'win32', ['C:\\Programs\\electron.exe', 'C:\\my checkout'])
  await items.set(true, true)
  expect(app.set).toEqual({
    openAtLogin: true,
    path: 'C:\\Programs\\electron.exe',
    args: ['"C:\\my checkout"', '--hidden'],
  })
  await items.set(false, false)
  expect(app.set).toEqual({
    openAtLogin: false,
    path: 'C:\\Programs\\electron.exe',
    args: ['"C:\\my checkout"', '--open'],
  })
})

test('on Windows an entry that was switched off in the Task Manager is off', async () => {
  const app = new FakeApp()
  const items = new LoginItems(app, 'win32', ['C:\\TokenTray.exe'])
  app.list = { openAtLogin: true, executableWillLaunchAtLogin: false }
  expect(await items.isOn()).toBe(false)
  app.list = { openAtLogin: false, executableWillLaunchAtLogin: true }
  expect(await items.isOn()).toBe(true)
  expect(app.asked).toEqual({ path: 'C:\\TokenTray.exe' })
})

test('on macOS the app itself is the login item', async () => {
  const app = new FakeApp()
  const items = new LoginItems(app, 'darwin', ['/Applications/TokenTray.app/Contents/MacOS/TokenTray'])
  await items.set(true, true)
  expect(app.set).toEqual({ openAtLogin: true })
  app.list = { openAtLogin: true, executableWillLaunchAtLogin: false }
  expect(await items.isOn()).toBe(true)
})
