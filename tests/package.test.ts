import { execFileSync } from 'node:child_process'
import { link, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { codesToCopy } from './support/authenticator.ts'
import { eventually } from './support/eventually.ts'
import { ensurePackage, PACKAGED, spawnPackaged } from './support/packaged.ts'
import { Profile } from './support/profile.ts'
import { copyElsewhere, pasted } from './support/screen.ts'
import type { TrayItem } from './support/tray-item.ts'
import { TrayWatcher } from './support/tray-watcher.ts'
import { until } from './support/until.ts'

/** The same program in the same package, called as Electron is: then it is not a packaged app, and can be debugged. */
const DEBUGGABLE = path.join(path.dirname(PACKAGED), 'electron')

let watcher: TrayWatcher
let broker: KiteConnectPractice
let profile: Profile

beforeAll(async () => {
  await ensurePackage()
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
): Promise<{ icon: TrayItem; quit: () => Promise<unknown>; said: () => string }> {
  const { app, ended, said } = spawnPackaged(program, profile.env, args, onTestFinished)
  if (app.pid === undefined) throw new Error('The packaged app did not start.')
  const icon = await watcher.itemOf(app.pid)
  const quit = async (): Promise<unknown> => {
    await icon.press('Quit')
    return ended
  }
  return { icon, quit, said }
}

/** Returns the address of Chromium's debugger: https://chromedevtools.github.io/devtools-protocol/ */
async function debuggerOf(): Promise<string> {
  const [port = ''] = (await readFile(portFile(), 'utf8')).split('\n')
  return `http://127.0.0.1:${port}`
}

const portFile = (): string => path.join(profile.home, 'electron', 'DevToolsActivePort')

test('the packaged app starts and reads the keychain through its own native module', async () => {
  const { icon, quit, said } = await start(PACKAGED)
  const from = Date.now()
  await eventually(async () => (await icon.menu()).map(({ label }) => label).join()).toContain('Copy code')
  // A picture that was not packaged would have no size.
  expect((await icon.pixmaps())[0]?.width).toBe(44)
  await icon.press('Copy code')
  await eventually(pasted).toMatch(/^\d{6}$/)
  expect(await codesToCopy(broker.credentials.totp_secret, from)).toContain(await pasted())
  expect(await quit(), said()).toBe(0)
})

test('the reader of QR codes is in the package, and starts there', async () => {
  const { icon, quit, said } = await start(DEBUGGABLE, '--remote-debugging-port=0', '--hidden')
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
  expect(await quit(), said()).toBe(0)
})
