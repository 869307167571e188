import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { App, closes } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { expectFocus, expectKeyboard, focusedName, tabTo, typeText } from './support/keyboard.ts'
import { heard, listen } from './support/live-regions.ts'
import { Profile } from './support/profile.ts'
import { READY, readyCard } from './support/ready.ts'
import { pasted, pressKeys } from './support/screen.ts'
import { until } from './support/until.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

/** Each key goes through the system to the focused window. The test never clicks. */
describe('with the keyboard alone', () => {
  let watcher: TrayWatcher
  let brokers: KiteConnectPractice[]
  let profile: Profile
  let app: App
  let popover: Page

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    brokers = await Promise.all(
      ['AA0001', 'BB0002'].map((user_id) => startKiteConnect({ credentials: { user_id } })),
    )
    profile = await Profile.create({ TZ: 'Asia/Kolkata' })
    app = await App.start(profile)
    popover = await app.popover()
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await Promise.all(brokers.map((broker) => broker.stop()))
    watcher.stop()
  })

  const broker = (index: number): KiteConnectPractice => brokers[index] ?? expect.unreachable()

  /** Opens the popover as its shortcut or the tray does, and records its announcements. */
  async function openPopover(): Promise<void> {
    if (!(await app.showsPopover())) await (await watcher.itemOf(app.pid)).press('Open')
    popover = await app.popover()
    await expectKeyboard(app, popover)
    await listen(popover)
  }

  async function openMenu(name: string): Promise<void> {
    await tabTo(popover, `More for ${name}`)
    await pressKeys('Return')
    await expectFocus(popover, 'Log in again')
  }

  /** Chooses an item of the open menu by its first letters. */
  async function choose(name: string): Promise<void> {
    const passed: string[] = []
    while ((await focusedName(popover)) !== name) {
      const before = await focusedName(popover)
      if (passed.includes(before)) throw new Error(`${name} is not in the menu: ${passed.join(' | ')}`)
      passed.push(before)
      await pressKeys('Down')
      await until('the next item', async () => ((await focusedName(popover)) === before ? null : true))
    }
    await pressKeys('Return')
  }

  test('the form opens from the first screen, and Esc leaves the choice of a broker', async () => {
    await popover.getByRole('button', { name: 'Add your broker' }).waitFor()
    await openPopover()
    await tabTo(popover, /^Add your broker/)
    await pressKeys('Return')
    const form = await app.accountForm()
    await expectKeyboard(app, form)
    await expectFocus(form, /Zerodha Kite Connect/)
    await closes(form, () => pressKeys('Escape'))
  })

  test('a broker is chosen with the arrows, and one can go back', async () => {
    await openPopover()
    await tabTo(popover, /^Add your broker/)
    await pressKeys('Return')
    const form = await app.accountForm()
    await expectKeyboard(app, form)
    await expectFocus(form, /Zerodha Kite Connect/)
    await pressKeys('Down')
    await expectFocus(form, /^(?!.*Kite Connect)./s)
    await pressKeys('Return')
    await expectFocus(form, 'Account name')
    await tabTo(form, 'Another broker', 'shift+Tab')
    await pressKeys('Return')
    await expectFocus(form, /Zerodha Kite Connect/)
    await pressKeys('Return')
    await expectFocus(form, 'Account name')
  })

  test('what is missing is where saving leads, and everything is typed and saved', async () => {
    const form = await app.accountForm()
    const { credentials, endpoints } = broker(0)
    await pressKeys('Return')
    await expectFocus(form, 'API key')
    await tabTo(form, /^I do/, 'shift+Tab')
    await pressKeys('Down')
    await expectFocus(form, 'TokenTray')
    await tabTo(form, 'Account name')
    await typeText('zerodha')
    const fields: [label: RegExp, value: string][] = [
      [/^API key/, credentials.api_key],
      [/^API secret/, credentials.api_secret],
      [/^User ID/, credentials.user_id],
      [/^Password/, credentials.password],
      [/^External TOTP secret/, credentials.totp_secret],
    ]
    for (const [label, value] of fields) {
      await tabTo(form, label)
      await typeText(value)
    }
    await tabTo(form, 'Advanced')
    await pressKeys('Return')
    await tabTo(form, 'Zerodha website')
    await typeText(endpoints.web)
    await tabTo(form, 'Zerodha API')
    await typeText(endpoints.api)
    await tabTo(form, /^I accept the risk/)
    await pressKeys('space')
    await tabTo(form, 'Save without testing')
    await closes(form, () => pressKeys('Return'))
    // The popover was hidden for long and may have been replaced.
    popover = await app.popover()
    await popover.getByRole('listitem', { name: 'zerodha No token yet' }).waitFor()
  })

  test('Ctrl+L logs in, Shift+Enter copies the token and Ctrl+C the code; each is said once, and Enter hides', async () => {
    await openPopover()
    await pressKeys('ctrl+l')
    await readyCard(popover, 'zerodha').waitFor()
    const token = await profile.cli.mustRun('token', 'zerodha')
    await pressKeys('shift+Return')
    await eventually(pasted).toBe(token)
    await pressKeys('ctrl+c')
    await eventually(pasted).toMatch(/^\d{6}$/)
    await eventually(() => heard(popover)).toEqual([
      expect.stringMatching(/^zerodha is ready until 06:00 (IST )?(today|tomorrow)\.$/),
      'Access token of zerodha copied.',
      expect.stringMatching(/^(Code|The next code) of zerodha copied\.$/),
    ])
    await pressKeys('Return')
    await eventually(pasted).toBe(token)
    await eventually(() => app.showsPopover()).toBe(false)
  })

  test('an account is moved in its menu, where the keyboard stays, and Esc leads back', async () => {
    await profile.addAccount('second', broker(1))
    await popover.getByRole('listitem', { name: /^second/ }).waitFor()
    await openPopover()
    await expectFocus(popover, new RegExp(`^zerodha ${READY}$`))
    await openMenu('zerodha')
    await choose('Move down')
    const first = popover.getByRole('listitem').first()
    await eventually(() => first.getAttribute('data-account')).toBe('second')
    await expectFocus(popover, 'More for zerodha')
    await openMenu('zerodha')
    await pressKeys('Escape')
    await expectFocus(popover, 'More for zerodha')
    expect(await app.showsPopover()).toBe(true)
    await pressKeys('alt+Up')
    await eventually(() => first.getAttribute('data-account')).toBe('zerodha')
    await expectFocus(popover, 'More for zerodha')
    await eventually(() => heard(popover)).toEqual(['zerodha is now 2 of 2.', 'zerodha is now 1 of 2.'])
  })

  test('details are changed, a test login keeps the keyboard, and what was typed is asked about', async () => {
    await openMenu('zerodha')
    await choose('Edit…')
    const form = await app.accountForm()
    await expectKeyboard(app, form)
    await expectFocus(form, 'API key')
    await listen(form)
    await tabTo(form, 'Test login')
    await pressKeys('Return')
    await form.getByText('No new login was needed').waitFor()
    await expectFocus(form, 'Done')
    expect(await heard(form)).toEqual([
      'Saving and starting',
      expect.stringMatching(/^The access token at hand still works/),
    ])
    await tabTo(form, 'User ID')
    await typeText('X')
    await pressKeys('Escape')
    await expectFocus(form, 'Keep editing')
    await pressKeys('Return')
    await expectFocus(form, 'User ID')
    await pressKeys('Escape')
    await expectFocus(form, 'Keep editing')
    await tabTo(form, 'Discard')
    await closes(form, () => pressKeys('Return'))
    expect((await profile.account('zerodha')).settings['user_id']).toBe('AA0001')
  })

  test('a refused password is said once, and put right where Ctrl+L leads', async () => {
    broker(1).change({ password: 'changed at the broker' })
    await openPopover()
    await tabTo(popover, 'More for second')
    await pressKeys('ctrl+l')
    await popover.getByRole('listitem', { name: 'second Needs you' }).waitFor()
    await eventually(() => heard(popover)).toEqual([expect.stringMatching(/^second: ./)])
    await expectFocus(popover, 'More for second')
    await pressKeys('ctrl+l')
    const form = await app.accountForm()
    await expectKeyboard(app, form)
    await tabTo(form, /^Password/)
    await typeText('changed at the broker')
    await pressKeys('Return')
    await expectFocus(form, 'Done')
    await closes(form, () => pressKeys('Return'))
    await openPopover()
    await expectFocus(popover, 'More for second')
    await pressKeys('ctrl+l')
    await readyCard(popover, 'second').waitFor()
  })

  test('settings open, change and close', async () => {
    await openPopover()
    await tabTo(popover, 'Settings')
    await pressKeys('Return')
    const settings = await app.settings()
    await expectKeyboard(app, settings)
    await tabTo(settings, 'all accounts are ready')
    await pressKeys('space')
    await tabTo(settings, 'Login time', 'shift+Tab')
    await pressKeys('ctrl+a')
    await typeText('09:05')
    await eventually(async () => (await profile.state()).settings).toMatchObject({
      schedule: { at: '09:05' },
      notifications: { allReady: true },
    })
    await tabTo(settings, /Record a shortcut$/)
    await pressKeys('Return')
    await settings.getByText('Press the keys…').waitFor()
    await pressKeys('ctrl+alt+k')
    // Until the shortcut is saved, Esc would end the recording instead of closing the settings.
    await settings.getByRole('button', { name: 'Clear the shortcut' }).waitFor()
    await expectFocus(settings, /Ctrl \+ Alt \+ K$/)
    await closes(settings, () => pressKeys('Escape'))
    await pressKeys('ctrl+alt+k')
    await eventually(() => app.showsPopover()).toBe(true)
  })

  test('an account is removed after a question, and the keyboard goes to the next', async () => {
    await openPopover()
    await openMenu('zerodha')
    await choose('Remove…')
    await expectFocus(popover, 'Keep')
    await pressKeys('Return')
    await expectFocus(popover, 'More for zerodha')
    await pressKeys('Return')
    await choose('Remove…')
    await expectFocus(popover, 'Keep')
    await choose('Remove')
    await expectFocus(popover, /^second/)
    await eventually(() => heard(popover)).toEqual(['zerodha is removed.'])
    expect((await profile.state()).accounts.map(({ name }) => name)).toEqual(['second'])
  })

  test('the last account is removed, and the keyboard goes to the first way to begin', async () => {
    await openMenu('second')
    await choose('Remove…')
    await expectFocus(popover, 'Keep')
    await choose('Remove')
    await expectFocus(popover, /^Add your broker/)
  })

  test('Esc hides the popover', async () => {
    await pressKeys('Escape')
    await eventually(() => app.showsPopover()).toBe(false)
  })
})
