import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { expectKeyboard, openPopover } from './support/keyboard.ts'
import { Profile } from './support/profile.ts'
import { readyCard, readyTooltip } from './support/ready.ts'
import { pictureFile } from './support/screen.ts'
import type { TrayItem } from './support/tray-item.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

const WRONG = '000000'

describe('a broker that asks for a code only the user has', () => {
  let watcher: TrayWatcher
  let brokers: [first: KiteConnectPractice, second: KiteConnectPractice]
  let profile: Profile
  let app: App
  let icon: TrayItem

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    brokers = [await asking('AA0001', 'app_code'), await asking('BB0002', 'sms')]
    profile = await Profile.create()
    await profile.addAccount('first', brokers[0], { totp_secret: '' })
    await profile.addAccount('second', brokers[1], { totp_secret: '' })
    app = await App.start(profile, ['--hidden'])
    icon = await watcher.itemOf(app.pid)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await Promise.all(brokers.map((broker) => broker.stop()))
    watcher.stop()
  })

  function asking(user_id: string, factor: 'app_code' | 'sms'): Promise<KiteConnectPractice> {
    return startKiteConnect({ credentials: { user_id }, twofaTypes: [factor] })
  }

  async function input(label: string): Promise<Locator> {
    return (await app.popover()).getByRole('textbox', { name: label })
  }

  const isFocused = (field: Locator): Promise<boolean> =>
    field.evaluate((element) => element === document.activeElement)

  async function photographPopover(name: string): Promise<void> {
    const popover = await app.popover()
    for (const colorScheme of ['light', 'dark'] as const) {
      await popover.emulateMedia({ colorScheme })
      await popover.screenshot({ path: await pictureFile(`${name}-${colorScheme}`) })
    }
    await popover.emulateMedia({ colorScheme: null })
  }

  test('a login from the tray menu brings up the popover without taking the keyboard, ready to type', async () => {
    expect(app.electron.windows()).toEqual([])
    await icon.press('first', 'Log in')
    await eventually(() => app.showsPopover()).toBe(true)
    const field = await input('Kite app code')
    await field.waitFor()
    await eventually(() => isFocused(field)).toBe(true)
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow())).toBeNull()
    await eventually(() => icon.tooltip()).toMatch(
      /^TokenTray: 0 of 2 ready · .*\nfirst: asks for the Kite app code\n/,
    )
    await (await app.popover()).getByRole('listitem', { name: 'first Asks for a code' }).waitFor()
    await photographPopover('second-factor')
  })

  test('the popover stays while another window has the keyboard, because the code is read there', async () => {
    await expectKeyboard(app, await openPopover(app, watcher))
    await (await input('Kite app code')).fill('123')
    await icon.press('Settings…')
    const settings = await app.settings()
    await expectKeyboard(app, settings)
    expect(await app.showsPopover()).toBe(true)
    await settings.close()
    expect(await (await input('Kite app code')).inputValue()).toBe('123')
  })

  test('a code of the wrong length is not sent', async () => {
    const popover = await app.popover()
    await (await input('Kite app code')).fill('12345')
    await popover.keyboard.press('Enter')
    await popover.getByText('The Kite app code has 6 digits.').first().waitFor()
    expect(brokers[0].wrongCodes).toBe(0)
    await photographPopover('second-factor-too-short')
  })

  test('a code that the broker refuses is asked for again, with its words', async () => {
    const popover = await app.popover()
    const field = await input('Kite app code')
    await field.fill(WRONG)
    await popover.keyboard.press('Enter')
    await popover.getByText('Invalid App Code').waitFor()
    await eventually(() => field.inputValue()).toBe('')
    await eventually(() => isFocused(field)).toBe(true)
    expect(brokers[0].wrongCodes).toBe(1)
    await photographPopover('second-factor-again')
  })

  test('the right code, pasted with a space, gets the login through', async () => {
    const popover = await app.popover()
    const code = brokers[0].code()
    await (await input('Kite app code')).fill(`${code.slice(0, 3)} ${code.slice(3)}`)
    await popover.getByRole('button', { name: 'Send the code of first' }).click()
    await readyCard(popover, 'first').waitFor()
    await eventually(() => icon.tooltip()).toMatch(readyTooltip(1, 2))
  })

  test('the input takes digits and nothing else', async () => {
    const popover = await app.popover()
    await popover.getByRole('button', { name: 'Log in second' }).click()
    const field = await input('Kite SMS code')
    await eventually(() => isFocused(field)).toBe(true)
    await popover.keyboard.type('c1l2')
    expect(await field.inputValue()).toBe('12')
  })

  test('Escape calls the login off, which costs nothing', async () => {
    const popover = await app.popover()
    await popover.keyboard.press('Escape')
    await popover.getByRole('button', { name: 'Log in second' }).waitFor()
    expect(await app.showsPopover()).toBe(true)
    expect(brokers[1].wrongCodes).toBe(0)
    expect((await profile.account('second')).spent).toEqual({ password: 0, code: 0 })
    await eventually(() => icon.tooltip()).toMatch(readyTooltip(1, 2))
  })

  test('several accounts ask side by side, and none takes the keyboard from another', async () => {
    const popover = await app.popover()
    brokers[0].endSessions()
    await profile.cli.run('status', '--probe')
    await popover.getByRole('button', { name: 'Log in first' }).click()
    const [first, second] = [await input('Kite app code'), await input('Kite SMS code')]
    await eventually(() => isFocused(first)).toBe(true)
    await popover.keyboard.type('12')
    await icon.press('second', 'Log in')
    await second.waitFor()
    await photographPopover('second-factor-several')
    await popover.keyboard.type('34')
    expect(await first.inputValue()).toBe('1234')
    await second.fill(brokers[1].code())
    await popover.getByRole('button', { name: 'Send the code of second' }).click()
    await readyCard(popover, 'second').waitFor()
    await popover.getByRole('button', { name: 'Cancel the login of first' }).click()
    await popover.getByRole('button', { name: 'Log in first' }).waitFor()
  })
})
