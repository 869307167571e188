import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { unusualSwitch } from './switches.ts'

test.each([
  ['--hidden', '--open', '--quit'],
  ['--no-sandbox', '--disable-gpu', '--ozone-platform=wayland', '--ozone-platform-hint=auto'],
  ['--enable-features=UseOzonePlatform,WaylandWindowDecorations', '--enable-wayland-ime'],
  ['--disable-features=WaylandFractionalScaleV1', '--force-device-scale-factor=1.5', '--lang=en-GB'],
  ['-psn_0_123', '-NSDocumentRevisionsDebugMode', 'YES', '--updated'],
  ['a file', 'tokentray://x', ''],
])('a start with %s %s is a usual one', (...args) => {
  expect(unusualSwitch(['/opt/tokentray', ...args], 'linux')).toBe(null)
})

test.each([
  ['--ignore-certificate-errors', '--ignore-certificate-errors'],
  ['-ignore-certificate-errors', '-ignore-certificate-errors'],
  ['--ssl-key-log-file=/tmp/keys', '--ssl-key-log-file'],
  ['--enable-features=WaylandIme,Anything', '--enable-features'],
  ['--enable-features=Anything', '--enable-features'],
  ['--hidden=x', '--hidden'],
  ['--hidden\n--inspect', '--hidden\n--inspect'],
  ['--no-sandbox-and-more', '--no-sandbox-and-more'],
  ['--', '--'],
])('one with %j is not', (arg, named) => {
  expect(unusualSwitch(['/opt/tokentray', '--hidden', arg], 'linux')).toBe(named)
})

test('Windows knows switches with a slash too', () => {
  expect(unusualSwitch(['tokentray.exe', '/remote-debugging-port=9'], 'win32')).toBe('/remote-debugging-port')
  expect(unusualSwitch(['tokentray', '/tmp/file'], 'linux')).toBe(null)
})

test('every switch that the installer for Windows starts the app with is a usual one', () => {
  const script = readFileSync(path.join(import.meta.dirname, '../../packaging/installer.nsi'), 'utf8')
  const switches = [...script.matchAll(/\$\{PROGRAM\}".*?(--[\w-]+)/g)].map(([, found]) => found ?? '')
  expect(switches).toEqual(['--quit', '--open', '--open'])
  expect(unusualSwitch(['TokenTray.exe', ...switches], 'win32')).toBe(null)
})
