import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { link, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { codesToCopy } from './support/authenticator.ts'
import { eventually } from './support/eventually.ts'
import { Profile } from './support/profile.ts'
import { copyElsewhere, pasted } from './support/screen.ts'
import type { TrayItem } from './support/tray-item.ts'
import { TrayWatcher } from './support/tray-watcher.ts'
import { until } from './support/until.ts'

const CHECKOUT = path.join(import.meta.dirname, '..')
const PACKAGED = path.join(CHECKOUT, 'release', 'linux-unpacked', 'tokentray')
const SANDBOX_OFF = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** The same program in the same package, called as Electron is: then it is not a packaged app, and can be debugged. */
const DEBUGGABLE = path.join(path.dirname(PACKAGED), 'electron')

async function exitCode(command: string, args: readonly string[]): Promise<unknown> {
  const child = spawn(command, args, { cwd: CHECKOUT, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'exit')
  return code
}

let watcher: TrayWatcher
let broker: KiteConnectPractice
let profile: Profile

beforeAll(async () => {
  expect(await exitCode(process.execPath, ['scripts/package.mjs'])).toBe(0)
  await rm(DEBUGGABLE, { force: true })
  await link(PACKAGED, DEBUGGABLE)
  watcher = await TrayWatcher.start()
  profile = await Profile.create()
  broker = await startKiteConnect()
  await profile.addAccount('packaged', broker)
})

afterAll(async () => {
  watcher.stop()
  await broker.stop()
  await profile.remove()
  await rm(DEBUGGABLE)
})

/** Starts the app outside the checkout, whose node_modules it must not find. */
async function start(
  program: string,
  ...args: string[]
): Promise<{ icon: TrayItem; quit: () => Promise<unknown> }> {
  const app = spawn(program, [...SANDBOX_OFF, '--disable-gpu', ...args], {
    env: profile.env,
    cwd: '/',
    stdio: 'ignore',
  })
  const ended = once(app, 'exit')
  onTestFinished(async () => {
    app.kill('SIGKILL')
    await ended
  })
  if (app.pid === undefined) throw new Error('The packaged app did not start.')
  const icon = await watcher.itemOf(app.pid)
  const quit = async (): Promise<unknown> => {
    await icon.press('Quit')
    return (await ended)[0]
  }
  return { icon, quit }
}

/** Returns the address of Chromium's debugger: https://chromedevtools.github.io/devtools-protocol/ */
async function debuggerOf(): Promise<string> {
  const [port = ''] = (await readFile(portFile(), 'utf8')).split('\n')
  return `http://127.0.0.1:${port}`
}

const portFile = (): string => path.join(profile.home, 'electron', 'DevToolsActivePort')

test('the packaged app starts and reads the keychain through its own native module', async () => {
  const { icon, quit } = await start(PACKAGED)
  const from = Date.now()
  await eventually(async () => (await icon.menu()).map(({ label }) => label).join()).toContain('Copy code')
  // A picture that was not packaged would have no size.
  expect((await icon.pixmaps())[0]?.width).toBe(44)
  await icon.press('Copy code')
  await eventually(pasted).toMatch(/^\d{6}$/)
  expect(await codesToCopy(broker.credentials.totp_secret, from)).toContain(await pasted())
  expect(await quit()).toBe(0)
})

test.each(['--remote-debugging-port=0', '--remote-debugging-pipe'])(
  'the packaged app does not start with %s, which would open its pages to other programs',
  async (flag) => {
    const app = spawn(PACKAGED, [...SANDBOX_OFF, '--disable-gpu', flag], {
      env: profile.env,
      cwd: '/',
      // The pipe is at 3 and 4.
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    })
    onTestFinished(() => void app.kill('SIGKILL'))
    let said = ''
    app.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
    const [code] = await once(app, 'close')
    expect(code).toBe(1)
    expect(said).toContain(`With ${flag.replace('=0', '')} other programs could read`)
    await expect(readFile(portFile())).rejects.toThrow('ENOENT')
  },
)

test('the reader of QR codes is in the package, and starts there', async () => {
  const { icon, quit } = await start(DEBUGGABLE, '--remote-debugging-port=0')
  const browser = await chromium.connectOverCDP(await debuggerOf())
  const page = (name: string): Promise<Page> =>
    until(
      name,
      () =>
        browser
          .contexts()[0]
          ?.pages()
          .find((one) => one.url().endsWith(`/${name}.html`)) ?? null,
    )
  await icon.activate()
  await (await page('popover')).evaluate(() => window.tokentray.openAccountForm({ name: null }))
  const form = await page('account-form')
  await form.getByRole('button', { name: 'Zerodha Kite Connect' }).click()
  const picture = path.join(profile.folder, 'qr.png')
  execFileSync('qrencode', ['-o', picture, 'otpauth://totp/Zerodha:AB1234?secret=GEZDGNBVGY3TQOJQ'])
  await copyElsewhere(await readFile(picture), 'image/png')
  await form.getByRole('button', { name: 'From the clipboard' }).click()
  await form.getByText('Zerodha: AB1234.').waitFor()
  await browser.close()
  expect(await quit()).toBe(0)
})
