import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LoginError } from '../electron/core/errors.ts'
import { MADE_UP_CREDENTIALS } from '../practice/kite-connect/credentials.ts'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { codesToCopy } from './support/authenticator.ts'
import { endWait, SYSTEM_TIME } from './support/moved-clock.ts'
import { tryPractice } from './support/practice-account.ts'
import { Profile } from './support/profile.ts'
import { copyElsewhere, pasted } from './support/screen.ts'
import { TrayWatcher } from './support/tray-watcher.ts'
import { until } from './support/until.ts'

const HALF_A_MINUTE_MS = 30_000

describe('copying', () => {
  let watcher: TrayWatcher
  let profile: Profile
  let app: App
  let token: string

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    profile = await Profile.create(SYSTEM_TIME)
    app = await App.start(profile)
    await tryPractice(app)
    token = await profile.cli.mustRun('token', 'practice')
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    watcher.stop()
  })

  async function pressInMenu(label: string): Promise<void> {
    await (await watcher.itemOf(app.pid)).press(label)
  }

  /** Lets the app quit and stops it just before its process ends. */
  async function quitAlmost(): Promise<void> {
    await app.electron.evaluate(({ app: electronApp }) => {
      electronApp.once('will-quit', (event) => {
        event.preventDefault()
        process.stdout.write('about to end\n')
      })
    })
    await pressInMenu('Quit')
    await until('the end of quitting', () => (app.output.includes('about to end') ? true : null))
  }

  async function endAndStartAgain(): Promise<void> {
    const exited = app.ended()
    const exit = app.electron.evaluate(({ app: electronApp }) => {
      electronApp.exit()
    })
    // The answer may be lost with the process; only the end counts.
    await Promise.all([exit.catch(() => undefined), exited])
    app = await App.start(profile)
  }

  test('a click copies the access token that the command line prints', async () => {
    const popover = await app.popover()
    // A plain click would hide the popover.
    await popover.getByRole('button', { name: 'Copy token of practice' }).click({ modifiers: ['Shift'] })
    await eventually(pasted).toBe(token)
    expect(token).toMatch(/^\w{32}$/)
    await popover.getByText(/✓ \d+ s/).waitFor()
  })

  test('a click on the code copies the code', async () => {
    const popover = await app.popover()
    const from = Date.now()
    await popover.getByRole('button', { name: /^Copy code/ }).click()
    await eventually(pasted).toMatch(/^\d{6}$/)
    const copied = await pasted()
    expect(await codesToCopy(MADE_UP_CREDENTIALS.totp_secret, from)).toContain(copied)
  })

  test('the tray menu copies the access token', async () => {
    await pressInMenu('Copy access token')
    await eventually(pasted).toBe(token)
  })

  test('the tray menu copies the code', async () => {
    const from = Date.now()
    await pressInMenu('Copy code')
    await eventually(pasted).toMatch(/^\d{6}$/)
    const copied = await pasted()
    expect(await codesToCopy(MADE_UP_CREDENTIALS.totp_secret, from)).toContain(copied)
  })

  test('the card’s menu copies the log of the last login, without a value in it', async () => {
    const popover = await app.popover()
    await popover.getByRole('button', { name: 'More for practice' }).click()
    await popover.getByRole('menuitem', { name: 'Copy support report' }).click()
    await eventually(pasted).toContain('last login: obtained')
    const log = await pasted()
    expect(log).toMatch(/password: POST 127\.0\.0\.1:\d+ → 200 json in \d+ ms/)
    expect(log).toMatch(/obtained by tray\n.*copied by tray/)
    for (const value of [token, ...Object.values(MADE_UP_CREDENTIALS)]) expect(log).not.toContain(value)
  })

  test('the card copies the address that its broker does not accept', async () => {
    const refused = new LoginError('ip-not-allowed', { brokerWords: 'IP 203.0.113.7 is not allowed.' })
    const problem = refused.toProblem(Date.now())
    await profile.changeAccount('practice', (account) => ({ ...account, problem }))
    await (await app.popover()).getByRole('button', { name: 'Copy address 203.0.113.7 (practice)' }).click()
    await eventually(pasted).toBe('203.0.113.7')
  })

  test('what was copied is gone from the clipboard after half a minute', async () => {
    await pressInMenu('Copy access token')
    await eventually(pasted).toBe(token)
    await endWait(app, HALF_A_MINUTE_MS)
    await eventually(pasted).toBe('')
  })

  test('quitting clears the clipboard that still holds a token', async () => {
    await pressInMenu('Copy access token')
    await eventually(pasted).toBe(token)
    await quitAlmost()
    await eventually(pasted).toBe('')
    await endAndStartAgain()
  })

  test('quitting leaves alone what was copied elsewhere since', async () => {
    await pressInMenu('Copy access token')
    await eventually(pasted).toBe(token)
    await copyElsewhere('a shopping list')
    await quitAlmost()
    expect(await pasted()).toBe('a shopping list')
    await endAndStartAgain()
  })
})
