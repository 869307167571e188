import { expect, test } from 'vitest'
import { LoginItems, type LoginItemsOfApp } from './login-items.ts'

/** Fakes the system's list of startup programs, as Electron shows it. */
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
    path: '"C:\\Programs\\electron.exe"',
    args: ['"C:\\my checkout"', '--hidden'],
  })
  await items.set(false, false)
  expect(app.set).toEqual({
    openAtLogin: false,
    path: '"C:\\Programs\\electron.exe"',
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
  expect(app.asked).toEqual({ path: '"C:\\TokenTray.exe"' })
})

test('on macOS the app itself is the login item', async () => {
  const app = new FakeApp()
  const items = new LoginItems(app, 'darwin', ['/Applications/TokenTray.app/Contents/MacOS/TokenTray'])
  await items.set(true, true)
  expect(app.set).toEqual({ openAtLogin: true })
  app.list = { openAtLogin: true, executableWillLaunchAtLogin: false }
  expect(await items.isOn()).toBe(true)
})

/** Fakes Electron on Windows: a command is a line in the registry, and its program ends at the first space. */
class Registry implements LoginItemsOfApp {
  line = ''

  setLoginItemSettings({ openAtLogin, path = '', args = [] }: Settings): void {
    this.line = openAtLogin ? [path, ...args].join(' ') : ''
  }

  getLoginItemSettings({ path = '' }: { path?: string } = {}) {
    const executableWillLaunchAtLogin = this.line !== '' && programOf(this.line) === programOf(path)
    return { openAtLogin: executableWillLaunchAtLogin, executableWillLaunchAtLogin }
  }
}

type Settings = Parameters<LoginItemsOfApp['setLoginItemSettings']>[0]

const programOf = (line: string): string =>
  /^"([^"]*)"|^\S*/.exec(line)?.slice().reverse().find(Boolean) ?? ''

test('on Windows a program in a folder with a space is the one that is started, and read back as that', async () => {
  const app = new Registry()
  const items = new LoginItems(app, 'win32', ['C:\\Users\\Asha Rao\\TokenTray.exe'])
  expect(await items.isOn()).toBe(false)
  await items.set(true, true)
  expect(programOf(app.line)).toBe('C:\\Users\\Asha Rao\\TokenTray.exe')
  expect(await items.isOn()).toBe(true)
  const other = new LoginItems(app, 'win32', ['C:\\Users\\Asha Mehta\\TokenTray.exe'])
  expect(await other.isOn()).toBe(false)
  await items.set(false, true)
  expect(await items.isOn()).toBe(false)
})
