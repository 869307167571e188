import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { App, closes } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { openPopover } from './support/keyboard.ts'
import { Profile } from './support/profile.ts'
import { readyCard } from './support/ready.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

describe('a test login', () => {
  let watcher: TrayWatcher
  let broker: KiteConnectPractice
  let profile: Profile
  let app: App

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    broker = await startKiteConnect()
    profile = await Profile.create()
    await profile.addAccount('kite', broker)
    await profile.cli.mustRun('login', 'kite')
    const probes = broker.requests.filter(({ path }) => path === '/user/profile').length
    app = await App.start(profile)
    await readyCard(await openPopover(app, watcher), 'kite').waitFor()
    // The start's own, which the tests below would else count as theirs.
    await broker.waitFor('GET /user/profile', probes + 1)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await broker.stop()
    watcher.stop()
  })

  async function openForm(name: string | null): Promise<Page> {
    const popover = await openPopover(app, watcher)
    await popover.evaluate((account) => window.tokentray.openAccountForm({ name: account }), name)
    return app.accountForm()
  }

  const passwordsSent = (): number =>
    broker.requests.filter(({ method, path }) => `${method} ${path}` === 'POST /api/login').length

  const askedOf = (from: number): string[] =>
    broker.requests.slice(from).map(({ method, path }) => `${method} ${path}`)

  test('of a new account in which something is wrong sends nothing and saves nothing', async () => {
    const before = broker.requests.length
    const form = await openForm(null)
    await form.getByRole('button', { name: /Zerodha Kite Connect/ }).click()
    await form.getByRole('textbox', { name: 'User ID', exact: true }).fill('AB')
    await form.getByRole('button', { name: 'Test and save' }).click()
    await form.getByText('API key is missing').waitFor()
    expect(askedOf(before)).toEqual([])
    expect((await profile.state()).accounts.map(({ name }) => name)).toEqual(['kite'])
    await closes(form, () => form.evaluate(() => window.accountForm.close()))
  })

  test('of an account whose token works asks about the token and does not log in', async () => {
    const before = broker.requests.length
    const form = await openForm('kite')
    await form.getByRole('button', { name: 'Test login' }).click()
    await form.getByText(/The access token at hand still works.*No new login was needed/).waitFor()
    expect(askedOf(before)).toEqual(['GET /user/profile'])
    expect(passwordsSent()).toBe(1)
  })

  test('with a wrong password sends it once, says so at its input and what may still be tried', async () => {
    const form = await app.accountForm()
    await form.getByRole('textbox', { name: /^Password/ }).fill('mistyped')
    await form.getByRole('button', { name: 'Test and save' }).click()
    await form.getByText('Password was refused by Zerodha').waitFor()
    await form.getByText('Until then TokenTray won’t log in').waitFor()
    expect(passwordsSent()).toBe(2)
    expect(broker.wrongPasswords).toBe(1)
  })

  test('with that password once more, while the old token works, asks about the token and says it again', async () => {
    const before = broker.requests.length
    const form = await app.accountForm()
    await form.getByRole('button', { name: 'Test login' }).click()
    await eventually(() => askedOf(before)).toEqual(['GET /user/profile'])
    await form.getByRole('button', { name: 'Cancel login' }).waitFor({ state: 'detached' })
    await form.getByText('Password was refused by Zerodha').waitFor()
    expect(broker.wrongPasswords).toBe(1)
  })

  test('with that password once more does not send it, though the token is gone', async () => {
    broker.endSessions()
    const before = broker.requests.length
    const form = await app.accountForm()
    await form.getByRole('button', { name: 'Test login' }).click()
    await form.getByText('Password was refused by Zerodha').waitFor({ state: 'detached' })
    await form
      .getByRole('alert')
      .getByText(/won’t send it again/)
      .waitFor()
    expect(askedOf(before)).toEqual(['GET /user/profile'])
    expect(broker.wrongPasswords).toBe(1)
  })
})
