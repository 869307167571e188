import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { version } from '../../package.json'
import { startKiteConnect } from '../../practice/kite-connect.ts'
import { windowsPath } from '../../scripts/wine-run.mjs'
import { eventually } from '../support/eventually.ts'
import { endpointFlags, Profile } from '../support/profile.ts'
import { ask } from '../support/programs.ts'
import { copyElsewhere, pasted } from '../support/screen.ts'
import { WineRoot } from '../support/wine-root.ts'

const INSTALLER = path.join(import.meta.dirname, '../../release', `tokentray-${version}-win-x64.exe`)
const USER = 'users/root/AppData'
const PROGRAMS = `${USER}/Local/Programs/TokenTray`
const START_MENU = `${USER}/Roaming/Microsoft/Windows/Start Menu/Programs/TokenTray.lnk`
const UNINSTALL_KEY = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall`
/** As root, Chromium's sandbox refuses. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--hidden']

/** The tray icon, in the small window that Wine has for icons, and lines of its menu for one account, on the screen. */
const ICON = [13, 32] as const
const MENU = { 'Copy access token': [87, 78], 'Log in': [57, 124], Quit: [53, 290] } as const
/** Longer than a menu takes to appear on a busy computer; the menu says nothing of itself to this system. */
const MENU_MS = 3_000

/** Clicks somewhere on the screen. */
async function click([x, y]: readonly [number, number], button: 'left' | 'right'): Promise<void> {
  await ask('xdotool', ['mousemove', String(x), String(y), 'click', button === 'left' ? '1' : '3'])
}

/** Presses a line of the tray icon's menu. */
async function press(line: keyof typeof MENU): Promise<void> {
  await click(ICON, 'right')
  await sleep(MENU_MS)
  await click(MENU[line], 'left')
}

/** Waits for the tray icon: Wine's desktop shows it in a window of its own. */
async function trayIcon(): Promise<void> {
  await eventually(() => ask('xdotool', ['search', '--onlyvisible', '--class', 'explorer.exe'])).toBeTruthy()
}

/** Copies the token by the tray icon's menu, and compares it with the command line's. */
async function copiesToken(windows: WineRoot): Promise<void> {
  const token = (await windows.tokentray('token', 'mine')).trim()
  await copyElsewhere('nothing yet')
  await press('Copy access token')
  await eventually(pasted).toBe(token)
}

/** A Debian with Wine; not set where there is no installer to try. */
const { TOKENTRAY_TEST_WINE = '' } = process.env
const title = 'the Windows installer: installed, a morning, upgraded while it runs, removed'

test.skipIf(TOKENTRAY_TEST_WINE === '')(title, async () => {
  const windows = await WineRoot.start(TOKENTRAY_TEST_WINE)
  onTestFinished(() => windows.remove())
  const broker = await startKiteConnect()
  onTestFinished(() => broker.stop())
  const profile = await Profile.create()
  onTestFinished(() => profile.remove())
  const program = String.raw`C:\users\root\AppData\Local\Programs\TokenTray\TokenTray.exe`

  await windows.run(windowsPath(INSTALLER), '/S')
  expect(existsSync(windows.onDisk(START_MENU))).toBe(true)
  const entry = await windows.run('reg', 'query', UNINSTALL_KEY, '/s')
  expect(entry.split(/\s*\r?\n\s*/)).toEqual(
    expect.arrayContaining(['DisplayName    REG_SZ    TokenTray', `DisplayVersion    REG_SZ    ${version}`]),
  )
  await windows.tokentray(
    ...['account', 'add', 'mine', '--broker', 'kite-connect', '--accept-terms'],
    ...['--env-file', windowsPath(await profile.envFile(broker))],
    ...endpointFlags(broker),
  )
  const first = windows.start(program, ...FLAGS)
  await trayIcon()
  await press('Log in')
  await eventually(() => windows.tokentray('status')).toMatch(/^mine: ready/)
  await copiesToken(windows)

  await writeFile(windows.onDisk(PROGRAMS, 'older.dll'), 'a file that only an older version has')
  await windows.run(windowsPath(INSTALLER), '/S')
  expect((await first.ended).code).toBe(0)
  expect(existsSync(windows.onDisk(PROGRAMS, 'older.dll'))).toBe(false)
  const second = windows.start(program, ...FLAGS)
  await trayIcon()
  await copiesToken(windows)
  await press('Quit')
  expect((await second.ended).code).toBe(0)

  await windows.run(program.replace('TokenTray.exe', 'Uninstall TokenTray.exe'), '/S')
  // The uninstaller goes on in a copy of itself.
  await eventually(() => Promise.resolve(existsSync(windows.onDisk(PROGRAMS)))).toBe(false)
  expect(existsSync(windows.onDisk(START_MENU))).toBe(false)
  expect(await windows.run('reg', 'query', UNINSTALL_KEY, '/s').catch(String)).not.toContain('TokenTray')
  expect(await windows.tokentray('account', 'list')).toMatch(/^mine {2}kite-connect\s*$/)
})
