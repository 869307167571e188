import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { version } from '../../package.json'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import { CleanRoot, olderDeb } from '../support/clean-root.ts'
import { eventually } from '../support/eventually.ts'
import { Profile } from '../support/profile.ts'
import { copyElsewhere, pasted } from '../support/screen.ts'
import { TrayWatcher } from '../support/tray-watcher.ts'

const RELEASE = path.join(import.meta.dirname, '../../release')
const DEB = path.join(RELEASE, `tokentray-${version}-linux-amd64.deb`)
const TARBALL = path.join(RELEASE, `tokentray-${version}-linux-x64.tar.gz`)
/** As root, Chromium's sandbox refuses. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--hidden']

let watcher: TrayWatcher
let broker: KiteConnectPractice
let profile: Profile

beforeAll(async () => {
  watcher = await TrayWatcher.start()
})

afterAll(() => {
  watcher.stop()
})

beforeEach(async () => {
  profile = await Profile.create()
  broker = await startKiteConnect()
  await profile.addAccount('mine', broker)
})

afterEach(async () => {
  await broker.stop()
  await profile.remove()
})

/** Runs an installed app as its user does: looks at the tray, logs in there if asked, copies the token, quits. */
async function morning(app: ChildProcess, logsIn: boolean): Promise<void> {
  const ended = once(app, 'exit')
  onTestFinished(async () => {
    app.kill('SIGKILL')
    await ended
  })
  if (app.pid === undefined) throw new Error('The app did not start.')
  await copyElsewhere('nothing yet')
  const icon = await watcher.itemOf(app.pid)
  if (logsIn) await icon.press('Log in')
  await icon.press('Copy access token')
  const token = await profile.cli.mustRun('token', 'mine')
  await eventually(pasted).toBe(token)
  await icon.press('Quit')
  expect((await ended)[0]).toBe(0)
}

test('the Debian package: installed, a morning, upgraded, removed', async () => {
  const root = await CleanRoot.copyOf(process.env['TOKENTRAY_TEST_ROOT'] ?? '')
  onTestFinished(() => root.remove())
  const install = ['apt-get', 'install', '-y', '--no-install-recommends'] as const
  root.run('apt-get', 'update')
  root.run(...install, await root.offer(await olderDeb(DEB)))
  expect(root.run('dpkg-query', '-W', '-f=${Version}', 'tokentray')).toBe('0.0.9')
  expect(root.run('dpkg', '--verify', 'tokentray')).toBe('')
  // Chromium's helper for systems without user namespaces.
  expect((await stat(path.join(root.folder, 'opt/TokenTray/chrome-sandbox'))).mode & 0o7777).toBe(0o4755)
  expect(() => root.run('tokentray', 'login')).toThrow('The command line is a package of its own')
  await morning(root.start(profile.env, 'tokentray', ...FLAGS), true)

  root.run(...install, await root.offer(DEB))
  expect(root.run('dpkg-query', '-W', '-f=${Version}', 'tokentray')).toBe(version)
  await morning(root.start(profile.env, 'tokentray', ...FLAGS), false)

  expect(root.traces()).toContain('./usr/share/applications/tokentray.desktop')
  root.run('apt-get', 'purge', '-y', 'tokentray')
  expect(root.traces()).toEqual([])
  expect(await profile.cli.mustRun('account', 'list')).toBe('mine  kite-connect')
})

test('the tarball: unpacked anywhere, a morning, replaced by another, removed', async () => {
  const unpacked = path.join(profile.folder, 'my programs')
  const unpack = async (): Promise<string> => {
    await rm(unpacked, { recursive: true, force: true })
    await mkdir(unpacked)
    execFileSync('tar', ['-xzf', TARBALL, '-C', unpacked])
    return path.join(unpacked, `tokentray-${version}-linux-x64`, 'tokentray')
  }
  await morning(spawn(await unpack(), FLAGS, { env: profile.env, cwd: '/', stdio: 'ignore' }), true)
  await morning(spawn(await unpack(), FLAGS, { env: profile.env, cwd: '/', stdio: 'ignore' }), false)
})
