import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { App, clickAway } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { photographPage } from './support/photograph.ts'
import { endpointFlags, Profile } from './support/profile.ts'
import { readyCard } from './support/ready.ts'
import { pasted } from './support/screen.ts'
import { closeSignIn, openSignIn, signInPage } from './support/sign-in.ts'
import { TrayWatcher } from './support/tray-watcher.ts'
import { until } from './support/until.ts'

let watcher: TrayWatcher
let broker: KiteConnectPractice
let profile: Profile
let app: App
let popover: Page

beforeAll(async () => {
  watcher = await TrayWatcher.start()
  broker = await startKiteConnect()
  profile = await Profile.create({ TZ: 'Asia/Kolkata' })
  app = await App.start(profile)
  popover = await app.popover()
})

afterAll(async () => {
  await app.quit()
  await profile.remove()
  await broker.stop()
  watcher.stop()
})

const titlesShown = (): Promise<string[]> =>
  app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.getTitle()),
  )

async function signIn(page: Page, at = broker): Promise<void> {
  const { user_id, password } = at.credentials
  await page.getByLabel('User ID').fill(user_id)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Login' }).click()
  await page.getByLabel('Code').fill(at.code())
}

test('an account of somebody who signs in themselves is added without a password', async () => {
  const { api_key, api_secret, user_id } = broker.credentials
  await popover.getByRole('button', { name: 'Add your broker' }).click()
  const form = await app.accountForm()
  await form.getByRole('button', { name: /Zerodha Kite Connect/ }).click()
  await form.getByRole('radio', { name: /I do/ }).check()
  expect(await form.getByRole('textbox', { name: 'Password', exact: true }).count()).toBe(0)
  expect(await form.getByRole('checkbox', { name: /I accept the risk/ }).count()).toBe(0)
  await form.getByRole('textbox', { name: 'Account name', exact: true }).fill('zerodha')
  await form.getByRole('textbox', { name: 'API key', exact: true }).fill(api_key)
  await form.getByRole('textbox', { name: 'API secret', exact: true }).fill(api_secret)
  await form.getByRole('textbox', { name: 'User ID', exact: true }).fill(user_id)
  await photographPage(form, 'account-form-assisted')
  await form.getByText('Advanced').click()
  await form.getByRole('textbox', { name: 'Zerodha website', exact: true }).fill(broker.endpoints.web)
  await form.getByRole('textbox', { name: 'Zerodha API', exact: true }).fill(broker.endpoints.api)
  await clickAway(form, 'Save without testing')
  expect(await profile.state()).toMatchObject({ accounts: [{ mode: 'assisted', termsAcceptedAt: null }] })
})

test('the broker’s page says where it is, and has nothing of ours', async () => {
  const page = await openSignIn(app, 'zerodha')
  await photographPage(page, 'sign-in')
  expect(await titlesShown()).toContain(`Sign in to zerodha at ${new URL(broker.endpoints.web).host}`)
  expect(
    await page.evaluate(() => ['tokentray', 'accountForm', 'require'].filter((name) => name in window)),
  ).toEqual([])
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
  const elsewhere = await page.evaluate(() => fetch('http://192.0.2.1/').then(String, String))
  expect(elsewhere).toContain('Failed to fetch')
  await closeSignIn(app, page)
  await App.startAgain(profile)
  popover = await app.popover()
  await popover.getByRole('button', { name: 'Log in zerodha' }).waitFor()
})

test('a strip above it says whose page it is, and copies what to type there', async () => {
  await profile.cli.mustRun(
    ...['account', 'edit', 'zerodha', '--env-file'],
    await profile.write('totp.env', `KITE_TOTP_SECRET=${broker.credentials.totp_secret}\n`),
  )
  const page = await openSignIn(app, 'zerodha')
  const strip = await until(
    'the strip',
    () => app.electron.windows().find((window) => window.url().endsWith('/sign-in.html')) ?? null,
  )
  await strip.getByRole('heading', { name: new URL(broker.endpoints.web).host }).waitFor()
  await photographPage(strip, 'sign-in-strip')
  await strip.getByRole('button', { name: 'Copy User ID' }).click()
  await strip.getByText('User ID copied').waitFor()
  await eventually(pasted).toBe(broker.credentials.user_id)
  await strip.getByRole('button', { name: 'Copy code' }).click()
  await strip.getByText('Code copied').waitFor()
  await eventually(pasted).toMatch(/^\d{6}$/)
  const bounds = await app.electron.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.getTitle().startsWith('Sign in to'))
    return window?.contentView.children.map((child) => child.getBounds())
  })
  const height = await strip.evaluate(() => document.querySelector('main')?.offsetHeight ?? Number.NaN)
  expect(bounds?.at(-1)).toMatchObject({ x: 0, y: height, width: 480 })
  await closeSignIn(app, page)
  await eventually(() => titlesShown()).not.toContainEqual(expect.stringMatching(/^Sign in to/))
  await App.startAgain(profile)
  popover = await app.popover()
})

test('signing in there makes the account ready, and nothing goes to the registered address', async () => {
  const page = await openSignIn(app, 'zerodha')
  await signIn(page)
  await clickAway(page, 'Continue')
  await readyCard(await app.popover(), 'zerodha').waitFor()
  expect(broker.wrongPasswords + broker.wrongCodes).toBe(0)
})

test('the next sign-in begins with no cookie of the last', async () => {
  broker.endSessions()
  popover = await app.popover()
  const opened = signInPage(app)
  await popover.evaluate(() => void window.tokentray.login({ name: 'zerodha' }))
  const page = await opened
  await page.getByLabel('User ID').waitFor()
  expect(await page.evaluate(() => document.cookie)).not.toMatch(/public_token|user_id/)
  await closeSignIn(app, page)
})

test('where Kite shows data in place of its page the window closes, and what it means is said', async () => {
  const other = await startKiteConnect({ clientId: 'PR00' })
  onTestFinished(() => other.stop())
  const { api_key, api_secret, user_id } = other.credentials
  const env = `KITE_API_KEY=${api_key}\nKITE_API_SECRET=${api_secret}\nKITE_USER_ID=${user_id}\n`
  await profile.cli.mustRun(
    ...['account', 'add', 'other', '--broker', 'kite-connect', '--mode', 'assisted'],
    ...['--env-file', await profile.write('other.env', env), ...endpointFlags(other)],
  )
  await App.startAgain(profile)
  const page = await openSignIn(app, 'other')
  await signIn(page, other)
  await clickAway(page, 'Continue')
  await App.startAgain(profile)
  popover = await app.popover()
  await popover.getByText('Add user ID PR0001 to the app at developers.kite.trade').first().waitFor()
  expect(await profile.account('other')).toMatchObject({
    token: null,
    problem: { kind: 'app-config', brokerWords: 'The user is not enabled for the app.' },
  })
})

test('a sign-in ends although Electron never says that its cookies are cleared, and the next begins without them', async () => {
  await app.electron.evaluate(({ session }) => {
    const clearing = (): Promise<void> => new Promise(() => undefined)
    Object.assign(session.fromPartition('any').constructor.prototype, { clearStorageData: clearing })
  })
  const login = async (): Promise<Page> => {
    const opened = signInPage(app)
    await App.startAgain(profile)
    popover = await app.popover()
    await popover.evaluate(() => void window.tokentray.login({ name: 'zerodha' }))
    const page = await opened
    await page.getByLabel('User ID').waitFor()
    return page
  }
  const first = await login()
  await first.evaluate(() => void (document.cookie = 'left=behind'))
  await closeSignIn(app, first)
  const second = await login()
  expect(await second.evaluate(() => document.cookie)).not.toContain('left')
  await closeSignIn(app, second)
})
