import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { startKiteConnect } from '../practice/kite-connect.ts'
import { codesBetween } from './support/authenticator.ts'
import { eventually } from './support/eventually.ts'
import { Profile } from './support/profile.ts'
import { copyElsewhere, pasted } from './support/screen.ts'
import { TrayWatcher } from './support/tray-watcher.ts'
import { until } from './support/until.ts'

const CHECKOUT = path.join(import.meta.dirname, '..')
const PACKAGED = path.join(CHECKOUT, 'release', 'linux-unpacked', 'tokentray')
const SANDBOX_OFF = process.getuid?.() === 0 ? ['--no-sandbox'] : []

async function exitCode(command: string, args: readonly string[]): Promise<unknown> {
  const child = spawn(command, args, { cwd: CHECKOUT, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'exit')
  return code
}

/** Returns the address of Chromium's debugger: https://chromedevtools.github.io/devtools-protocol/ */
async function debuggerOf(profile: Profile): Promise<string> {
  const file = path.join(profile.home, 'electron', 'DevToolsActivePort')
  const [port = ''] = (await readFile(file, 'utf8')).split('\n')
  return `http://127.0.0.1:${port}`
}

test('the packaged app starts and reads the keychain through its own native module', async () => {
  expect(await exitCode(process.execPath, ['scripts/package.mjs'])).toBe(0)

  const watcher = await TrayWatcher.start()
  onTestFinished(() => {
    watcher.stop()
  })
  const profile = await Profile.create()
  const broker = await startKiteConnect()
  onTestFinished(async () => {
    await broker.stop()
    await profile.remove()
  })
  await profile.addAccount('packaged', broker)

  // Runs outside the checkout, whose node_modules the app must not find.
  const app = spawn(PACKAGED, [...SANDBOX_OFF, '--disable-gpu', '--remote-debugging-port=0'], {
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
  const from = Date.now()
  await eventually(async () => (await icon.menu()).map(({ label }) => label).join()).toContain('Copy code')
  // A picture that was not packaged would have no size.
  expect((await icon.pixmaps())[0]?.width).toBe(44)
  await icon.press('Copy code')
  await eventually(pasted).toMatch(/^\d{6}$/)
  expect(await codesBetween(broker.credentials.totp_secret, from, Date.now() + 30_000)).toContain(
    await pasted(),
  )

  // The reader of QR codes is in the package too, and starts there.
  const browser = await chromium.connectOverCDP(await debuggerOf(profile))
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

  await icon.press('Quit')
  await ended
  expect(app.exitCode).toBe(0)
})
