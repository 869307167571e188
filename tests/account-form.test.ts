import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { oldElectron } from '../electron/contract/electron-age.ts'
import { devDependencies } from '../package.json'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { App, clickAway, closes } from './support/app.ts'
import { showsCodeOf } from './support/authenticator.ts'
import { exportAddress } from './support/authenticator-export.ts'
import { eventually } from './support/eventually.ts'
import { openPopover } from './support/keyboard.ts'
import { photographPage } from './support/photograph.ts'
import { Profile } from './support/profile.ts'
import { copyElsewhere } from './support/screen.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const address = `otpauth://totp/Zerodha:AB1234?secret=${secret}&issuer=Zerodha`
const bytes = Buffer.from('12345678901234567890')
const HOSTILE = '<img src=x onerror=alert(1)>\u202egnihtemos'

describe('the account window', () => {
  let watcher: TrayWatcher
  let broker: KiteConnectPractice
  let profile: Profile
  let app: App

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    broker = await startKiteConnect()
    profile = await Profile.create({ TZ: 'Asia/Kolkata' })
    app = await App.start(profile)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await broker.stop()
    watcher.stop()
  })

  afterEach(async () => {
    const open = app.electron.windows().find((page) => page.url().includes('account-form'))
    if (open === undefined) return
    await closes(open, () => open.evaluate(() => window.accountForm.close()))
  })

  async function openForm(name: string | null = null): Promise<Page> {
    const popover = await openPopover(app, watcher)
    await popover.evaluate((account) => window.tokentray.openAccountForm({ name: account }), name)
    return app.accountForm()
  }

  async function newAccount(brokerName = 'Zerodha Kite Connect'): Promise<Page> {
    const form = await openForm()
    await form.getByRole('button', { name: brokerName }).click()
    return form
  }

  const textbox = (form: Page, name: string) => form.getByRole('textbox', { name, exact: true })
  const totpInput = (form: Page) => form.getByRole('textbox', { name: /^External TOTP secret/ })

  /** Replaces the choice in the system's dialog, which no test can reach. */
  async function chooseInDialog(file: string): Promise<void> {
    await app.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    }, file)
  }

  function qrPicture(text: string, name: string): string {
    const file = path.join(profile.folder, name)
    execFileSync('qrencode', ['-s', '6', '-o', file, text])
    return file
  }

  /** Asserts that the form shows the code that an authenticator app shows. */
  async function expectCode(form: Page, of = secret): Promise<void> {
    const preview = form.getByRole('group', { name: /^The code of/ })
    await showsCodeOf(of, () => preview.getByText(/^\d{3} \d{3}$/).innerText())
  }

  test('asks first which broker, and says what each takes and thinks of it', async () => {
    const form = await openForm()
    const upstox = form.getByRole('button', { name: /Upstox/ })
    await upstox.waitFor()
    expect(await upstox.innerText()).toMatch(
      /Unofficial\s+TokenTray logs in, or you do · API key and secret, .*, PIN, TOTP/,
    )
    await form.getByText('Automatic: not allowed').first().waitFor()
    await photographPage(form, 'form-brokers')
  })

  test('has room for thirteen brokers without scrolling, and finds one by what is typed', async () => {
    const form = await openForm()
    await form.getByRole('button', { name: /Upstox/ }).waitFor()
    const needed = await form.evaluate(() => {
      const height = (selector: string): number =>
        document.querySelector(selector)?.getBoundingClientRect().height ?? Number.NaN
      const top = document.querySelector('li')?.getBoundingClientRect().top ?? Number.NaN
      return top + 13 * height('li + li') + height('footer')
    })
    // A window's own frame is part of its 720 pixels.
    expect(needed).toBeLessThan(700)
    await form.keyboard.type('ups')
    await eventually(() => form.getByRole('listitem').count()).toBe(1)
    await form.keyboard.press('Enter')
    await textbox(form, 'Account name').waitFor()
    expect(await textbox(form, 'Account name').inputValue()).toBe('upstox')
  })

  test('that is cancelled brings the popover back', async () => {
    const form = await openForm()
    await eventually(() => app.showsPopover()).toBe(false)
    await clickAway(form, 'Cancel')
    await eventually(() => app.showsPopover()).toBe(true)
  })

  test('suggests a name, and checks what is typed once it is left', async () => {
    const form = await newAccount()
    expect(await textbox(form, 'Account name').inputValue()).toBe('kite-connect')
    const userId = textbox(form, 'User ID')
    await userId.click()
    await form.keyboard.type('AB')
    expect(await form.getByText(/^User ID has/).count()).toBe(0)
    await form.keyboard.press('Tab')
    await form.getByText('User ID has 6 to 12 letters and digits, such as AB1234').waitFor()
    // An empty field is not reported yet.
    expect(await form.getByText(/is missing/).count()).toBe(0)
    await userId.click()
    await form.keyboard.type('1234')
    await eventually(() => form.getByText(/^User ID has/).count()).toBe(0)
    await photographPage(form, 'form-empty')
    await form.getByRole('button', { name: 'Save without testing' }).click()
    await form.getByText('API key is missing').waitFor()
    await photographPage(form, 'form-missing')
  })

  test('takes an otpauth:// address, typed or pasted, and shows whose it is and its code', async () => {
    const form = await newAccount()
    await totpInput(form).fill(address)
    await expectCode(form)
    await totpInput(form).fill('')
    await copyElsewhere(address)
    await totpInput(form).click()
    await form.keyboard.press('Control+v')
    await form.getByText('Zerodha: AB1234.').waitFor()
    expect(await totpInput(form).inputValue()).toBe('')
    await expectCode(form)
    await photographPage(form, 'form-code')
    await form.getByRole('button', { name: 'Remove: the imported External TOTP secret' }).click()
    await eventually(() => form.getByRole('group', { name: /^The code of/ }).count()).toBe(0)
  })

  test('reads a QR code out of a picture file', async () => {
    const form = await newAccount()
    await chooseInDialog(qrPicture(address, 'qr.png'))
    await form.getByRole('button', { name: 'Choose a picture…' }).click()
    await form.getByText('Zerodha: AB1234.').waitFor()
    await expectCode(form)
  })

  test('reads a QR code out of a picture on the clipboard', async () => {
    const form = await newAccount()
    await copyElsewhere(await readFile(qrPicture(address, 'copied.png')), 'image/png')
    await form.getByRole('button', { name: 'From the clipboard' }).click()
    await form.getByText('Zerodha: AB1234.').waitFor()
    await form.getByText('The secret is still on your clipboard').waitFor()
    await expectCode(form)
  })

  test('shows what a .env file has before taking it, and never a secret', async () => {
    const form = await newAccount()
    const file = await profile.envFile(broker, { totp_secret: secret, user_id: 'ZZ9999' })
    await chooseInDialog(file)
    await form.getByRole('button', { name: 'Import from .env…' }).click()
    const preview = form.getByRole('region', { name: path.basename(file) })
    await preview.getByText('ZZ9999').waitFor()
    expect(await preview.getByText('found, not shown').count()).toBe(3)
    expect(await textbox(form, 'User ID').inputValue()).toBe('')
    await preview.getByRole('button', { name: 'Use these' }).click()
    await eventually(() => textbox(form, 'User ID').inputValue()).toBe('ZZ9999')
    await expectCode(form)
    expect(await totpInput(form).getAttribute('placeholder')).toBe(`From ${path.basename(file)}`)
    const page = await form.content()
    for (const value of [secret, broker.credentials.password, broker.credentials.api_secret]) {
      expect(page).not.toContain(value)
    }
  })

  test('lets the user pick one of several by name and code, whatever the names hold', async () => {
    const form = await newAccount()
    const exported = exportAddress([
      { secret: Buffer.from('another secret of 20'), name: HOSTILE, issuer: 'x'.repeat(10_000) },
      { secret: bytes, name: 'AB1234', issuer: 'Zerodha' },
      { secret: bytes, name: 'counts', issuer: 'Game', type: 1 },
    ])
    await copyElsewhere(exported)
    await form.getByRole('button', { name: 'From the clipboard' }).click()
    await form.getByText('Left out: “Game: counts” makes codes by counting').waitFor()
    await photographPage(form, 'form-choices')
    await form.getByRole('button', { name: 'Save without testing' }).click()
    await form.getByText(/External TOTP secret was found more than once/).waitFor()
    // Not `check`, which expects the change at once: the main process must learn of the choice first.
    const choice = form.getByRole('radio', { name: /Zerodha: AB1234/ })
    await choice.click()
    await eventually(() => choice.isChecked()).toBe(true)
    await expectCode(form)
    expect(await form.evaluate(() => document.querySelectorAll('img').length)).toBe(0)
    expect(await form.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  })

  test('asks once, before it takes a real account, with an Electron past its support alone', async () => {
    const version = await app.electron.evaluate(() => process.versions.electron)
    const isOld = oldElectron(version, devDependencies.electron) !== null
    const save = (form: Page) => form.getByRole('button', { name: 'Save without testing' }).click()
    const box = (form: Page) =>
      form.getByRole('checkbox', { name: /^I know this and want to use real accounts/ })

    const form = await newAccount()
    await textbox(form, 'Account name').fill('real')
    await totpInput(form).fill(secret)
    await expectCode(form)
    expect(await box(form).count()).toBe(isOld ? 1 : 0)
    if (isOld) {
      await save(form)
      await form.getByText('Tick this to go on').waitFor()
      await photographPage(form, 'form-old-electron')
      await box(form).check()
    }
    await closes(form, () => save(form))
    expect((await profile.state()).accounts.map(({ name }) => name)).toEqual(['real'])

    const next = await newAccount()
    await textbox(next, 'Account name').fill('next')
    await totpInput(next).fill(secret)
    await expectCode(next)
    expect(await box(next).count()).toBe(0)
    await closes(next, () => save(next))
  })
})
