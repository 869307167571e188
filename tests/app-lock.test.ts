import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { LoginManager } from './support/login-manager.ts'
import { photographPage } from './support/photograph.ts'
import { Profile } from './support/profile.ts'
import { copyElsewhere, pasted, visibleWindows } from './support/screen.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

const PASSPHRASE = 'correct horse battery'
const ITEM = 'app lock'

describe('the lock', () => {
  let watcher: TrayWatcher
  let system: LoginManager
  let broker: KiteConnectPractice
  let profile: Profile
  let app: App
  let popover: Page
  let token: string

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    system = await LoginManager.start()
    broker = await startKiteConnect()
    profile = await Profile.create(system.env)
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('login', 'zerodha')
    token = await profile.cli.mustRun('token', 'zerodha')
    await start()
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await broker.stop()
    await system.stop()
    watcher.stop()
  })

  const press = async (item: string): Promise<void> => (await watcher.itemOf(app.pid)).press(item)
  const appState = () => popover.evaluate(() => window.tokentray.getState())
  const lockState = async () => (await appState()).lock
  const locked = { isLocked: true, wish: null, touchId: false }
  const open = { ...locked, isLocked: false }

  /** Starts the app and opens its popover. */
  async function start(): Promise<void> {
    app = await App.start(profile)
    await show()
  }

  async function show(): Promise<void> {
    await press('Open')
    popover = await app.popover()
  }

  async function unlock(passphrase = PASSPHRASE): Promise<void> {
    await popover.getByLabel(/^Passphrase/).fill(passphrase)
    await popover.getByRole('button', { name: 'Unlock' }).click()
  }

  test('is off at first, proposed in the settings, and turned on there', async () => {
    expect(await lockState()).toBe(null)
    await popover.evaluate(() => window.tokentray.openSettings())
    const settings = await app.settings()
    await settings.getByLabel('New passphrase').fill(PASSPHRASE)
    await settings.getByLabel('The same again').fill('another')
    await settings.getByRole('button', { name: 'Turn on' }).click()
    await settings.getByText('The passphrase was not the same twice.').waitFor()
    await photographPage(settings, 'lock-settings-off')
    await settings.getByLabel('New passphrase').fill(PASSPHRASE)
    await settings.getByLabel('The same again').fill(PASSPHRASE)
    await settings.getByRole('button', { name: 'Turn on' }).click()
    await settings.getByText('Turned on').waitFor()
    await settings.getByLabel('Lock after').fill('240')
    await eventually(async () => (await profile.state()).settings.lock).toEqual({
      on: true,
      afterMinutes: 240,
      logsIn: true,
    })
    await settings.getByRole('heading', { name: 'Lock', exact: true }).scrollIntoViewIfNeeded()
    await photographPage(settings, 'lock-settings-on')
    expect(await lockState()).toEqual(open)
  })

  test('keeps what checks the passphrase in the keychain, and the passphrase nowhere', async () => {
    const item = (await profile.inKeychain(ITEM)) ?? ''
    expect(item).toMatch(/"salt":.*"hash":/)
    expect(item).not.toContain(PASSPHRASE)
    expect(JSON.stringify(await profile.state())).not.toMatch(/salt|hash|correct horse/)
  })

  test('locks with the screen: no code, no copy, no other window', async () => {
    await show()
    await eventually(async () => (await appState()).accounts[0]?.totp?.code).toMatch(/^\d{6}$/)
    expect(await visibleWindows(app.pid, 'TokenTray settings')).toHaveLength(1)
    system.announceLock()
    await popover.getByText('TokenTray is locked').waitFor()
    expect(await lockState()).toEqual(locked)
    expect((await appState()).accounts).toMatchObject([{ name: 'zerodha', freshness: 'fresh', totp: null }])
    const shown = await popover.evaluate(() => document.body.innerText)
    expect(shown).toContain('Ready')
    expect(shown).not.toMatch(/\d{3}/)
    expect(await popover.getByRole('button', { name: /copy/i }).count()).toBe(0)
    await eventually(() => visibleWindows(app.pid, 'TokenTray settings')).toEqual([])
    await photographPage(popover, 'popover-locked')
  })

  test('refuses a page that was taken over all that it may ask of an open one', async () => {
    await copyElsewhere('what the user had')
    const answers = await popover.evaluate(async () => {
      const name = 'zerodha'
      const { tokentray } = window
      const asked: Record<string, Promise<unknown>> = {
        copyToken: tokentray.copyToken({ name }),
        copyCode: tokentray.copyCode({ name }),
        copyDiagnostics: tokentray.copyDiagnostics({ name }),
        copyAddress: tokentray.copyAddress({ name }),
        login: tokentray.login({ name }),
        answerCode: tokentray.answerCode({ name, code: '123456' }),
        addPractice: tokentray.addPractice(),
        removeAccount: tokentray.removeAccount({ name }),
        setMorning: tokentray.setMorning({ name, morning: 'off' }),
        pauseSchedule: tokentray.pauseSchedule({ until: 'today' }),
        openAccountForm: tokentray.openAccountForm({ name }),
        openSettings: tokentray.openSettings(),
      }
      const said: string[] = []
      for (const [request, answer] of Object.entries(asked))
        said.push(`${request}: ${await answer.then(JSON.stringify, String)}`)
      return said
    })
    for (const answer of answers) expect(answer).toMatch(/refused$/)
    const settings = await app.settings()
    const others = await settings.evaluate(async () => [
      await window.settings.turnOffLock({ passphrase: 'x' }).then(JSON.stringify, String),
      await window.settings.change({ clipboardSeconds: 120 }).then(JSON.stringify, String),
    ])
    for (const answer of others) expect(answer).toMatch(/refused$/)
    expect(await pasted()).toBe('what the user had')
    expect((await profile.state()).accounts).toHaveLength(1)
  })

  test('wants the passphrase, and nothing else opens it', async () => {
    await unlock('another passphrase')
    await popover.getByText('That is not the passphrase.').waitFor()
    expect(await lockState()).toEqual(locked)
    await unlock()
    await popover.getByRole('button', { name: 'Copy token of zerodha' }).waitFor()
    expect(await lockState()).toEqual(open)
    await eventually(async () => (await appState()).accounts[0]?.totp?.code).toMatch(/^\d{6}$/)
    await eventually(() => visibleWindows(app.pid, 'TokenTray settings')).toHaveLength(1)
    const settings = await app.settings()
    await settings.evaluate(() => window.settings.close()).catch(() => undefined)
  })

  test('locks when the computer goes to sleep, and is locked when it starts again', async () => {
    system.announceSleep()
    // Asked by the main process, because Chromium cuts its debugger off from the pages when the computer goes to sleep.
    const asked = () =>
      app.electron.evaluate(async ({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows().filter((one) => one.getTitle() === 'TokenTray')
        const state: unknown = await window?.webContents.executeJavaScript('tokentray.getState()')
        return state
      })
    await eventually(asked).toMatchObject({ lock: locked, accounts: [{ totp: null }] })
    await press('Quit')
    await app.ended()
    await start()
    await popover.getByText('TokenTray is locked').waitFor()
  })

  test('has the tray menu copy once it is unlocked', async () => {
    await press('Copy access token')
    await popover.getByLabel('Passphrase, to copy the access token of zerodha').waitFor()
    await photographPage(popover, 'popover-locked-wish')
    expect(await pasted()).not.toBe(token)
    await unlock()
    await eventually(pasted).toBe(token)
  })

  test('takes a copied token off the clipboard', async () => {
    await press('Lock')
    await eventually(pasted).toBe('')
    await show()
    await popover.getByText('TokenTray is locked').waitFor()
  })

  test('never asks on the command line', async () => {
    expect(await profile.cli.mustRun('token', 'zerodha')).toBe(token)
    expect(await profile.cli.mustRun('lock', 'status')).toBe(
      'The tray app locks after 240 minutes without you.',
    )
  })

  test('stays when the state file says that it is off', async () => {
    const off = async (): Promise<void> => {
      await profile.changeState((state) => ({
        ...state,
        settings: { ...state.settings, lock: { ...state.settings.lock, on: false } },
      }))
    }
    await off()
    // The app puts the file right.
    await eventually(async () => (await profile.state()).settings.lock.on).toBe(true)
    expect(await lockState()).toEqual(locked)
    await app.quit()
    await off()
    await start()
    await popover.getByText('TokenTray is locked').waitFor()
    expect((await appState()).accounts[0]?.totp).toBe(null)
    expect(
      await popover.evaluate(() => window.tokentray.copyToken({ name: 'zerodha' }).then(String, String)),
    ).toMatch(/refused$/)
  })

  test('slows tries down, over a restart too', async () => {
    for (const guess of ['one of them', 'two of them', 'three of them']) {
      await unlock(guess)
      await popover.getByText('That is not the passphrase.').waitFor()
    }
    await popover.getByText(/^That is not the passphrase\. Try again in \d+ seconds\.$/).waitFor()
    await photographPage(popover, 'popover-locked-wait')
    await app.quit()
    await start()
    await unlock()
    await popover.getByText(/^There were too many wrong tries\. Try again in \d+ seconds\.$/).waitFor()
    expect(await lockState()).toEqual(locked)
  })

  test('goes by the command line when the passphrase is forgotten', async () => {
    expect(await profile.cli.mustRun('lock', 'off')).toContain('The lock is off.')
    await popover.getByRole('button', { name: 'Copy token of zerodha' }).waitFor()
    expect(await lockState()).toBe(null)
    expect(await profile.inKeychain(ITEM)).toBe(null)
  })
})
