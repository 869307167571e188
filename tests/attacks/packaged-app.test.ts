import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKiteConnect } from '../../practice/kite-connect.ts'
import { eventually } from '../support/eventually.ts'
import { ensurePackage, PACKAGED, spawnPackaged } from '../support/packaged.ts'
import { Profile } from '../support/profile.ts'
import { makeCertificate, tlsBefore } from '../support/tls-front.ts'
import { TrayWatcher } from '../support/tray-watcher.ts'

let watcher: TrayWatcher
let profile: Profile

beforeAll(async () => {
  await ensurePackage()
  watcher = await TrayWatcher.start()
  profile = await Profile.create()
})

afterAll(async () => {
  watcher.stop()
  await profile.remove()
})

describe.concurrent('L4: a package does not start with a switch that opens it', () => {
  test.for([
    // Other programs drive the pages.
    '--remote-debugging-port=0',
    '--remote-debugging-pipe',
    '-remote-debugging-port=0',
    // The sign-in window takes any certificate, or writes down its keys or all that it sends.
    '--ignore-certificate-errors',
    '-ignore-certificate-errors',
    '--ssl-key-log-file=FOLDER/keys',
    '--log-net-log=FOLDER/log',
    // It goes elsewhere.
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--proxy-server=127.0.0.1:9',
    // Pages get more than pages may.
    '--disable-web-security',
    '--load-extension=FOLDER',
    '--disable-features=IsolateOrigins',
    '--js-flags=--expose-gc',
    '--renderer-cmd-prefix=env',
    '--user-data-dir=FOLDER/data',
    // Node's own.
    '--inspect=0',
  ])('%s', async (given, { onTestFinished }) => {
    const flag = given.replace('FOLDER', profile.folder)
    const { ended, said } = spawnPackaged(PACKAGED, profile.env, [flag], onTestFinished)
    expect(await ended).toBe(1)
    expect(said()).toContain(`With ${flag.replace(/=.*/, '')} other programs may read`)
    expect(existsSync(path.join(profile.home, 'electron', 'DevToolsActivePort'))).toBe(false)
    const files = (await readdir(profile.folder, { withFileTypes: true })).filter((entry) => entry.isFile())
    expect(files).toEqual([])
  })

  test('and does with what desktops and packages give it', async ({ onTestFinished }) => {
    const usual = ['--force-device-scale-factor=1', '--lang=en-GB', '--ozone-platform=x11', '--hidden']
    const { app, ended } = spawnPackaged(PACKAGED, profile.env, usual, onTestFinished)
    const icon = await watcher.itemOf(app.pid ?? expect.unreachable())
    await icon.press('Quit')
    expect(await ended).toBe(0)
  })
})

test('H1, another way: SSLKEYLOGFILE gives away no key of the sign-in window', async ({ onTestFinished }) => {
  const own = await Profile.create()
  onTestFinished(() => own.remove())
  const broker = await startKiteConnect()
  onTestFinished(() => broker.stop())
  const certificate = await makeCertificate(own.folder)
  const front = await tlsBefore(Number(new URL(broker.endpoints.web).port), certificate)
  const address = `https://127.0.0.1:${String(front.port)}`
  const env = 'KITE_API_KEY=key\nKITE_API_SECRET=secret\nKITE_USER_ID=AB1234\n'
  await own.cli.mustRun(
    ...['account', 'add', 'logged', '--broker', 'kite-connect', '--mode', 'assisted'],
    ...['--env-file', await own.write('logged.env', env)],
    ...['--endpoint', `web=${address}`, '--endpoint', `api=${address}`],
  )
  const keys = path.join(own.folder, 'tls-keys')
  const { app } = spawnPackaged(PACKAGED, { ...own.env, SSLKEYLOGFILE: keys }, ['--hidden'], onTestFinished)
  const icon = await watcher.itemOf(app.pid ?? expect.unreachable())
  await icon.press('Log in')
  await eventually(async () => (await own.account('logged')).problem?.message).toContain('certificate')
  expect(existsSync(keys)).toBe(false)
})
