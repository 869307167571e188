import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wrongCode } from '../practice/test-client.ts'
import { startUpstox, type UpstoxPractice } from '../practice/upstox.ts'
import { App, clickAway } from './support/app.ts'
import { filesBelow } from './support/hiding-places.ts'
import { finds, Marker } from './support/marker.ts'
import { photographPage } from './support/photograph.ts'
import { endpointFlags, Profile } from './support/profile.ts'
import { readyCard } from './support/ready.ts'
import { closeSignIn, openSignIn, signInPage } from './support/sign-in.ts'
import { visibleWindows } from './support/screen.ts'
import { TrayWatcher } from './support/tray-watcher.ts'
import { until } from './support/until.ts'

const pin = new Marker('PIN', '246813579135792468')

let watcher: TrayWatcher
let broker: UpstoxPractice
let profile: Profile
let app: App

beforeAll(async () => {
  watcher = await TrayWatcher.start()
  broker = await startUpstox({ credentials: { pin_code: pin.value } })
  profile = await Profile.create()
  const { client_id, client_secret, redirect_uri, username } = broker.credentials
  const ofTheApp = `UPSTOX_CLIENT_ID=${client_id}\nUPSTOX_CLIENT_SECRET=${client_secret}\n`
  const ofThePerson = `UPSTOX_REDIRECT_URI=${redirect_uri}\nUPSTOX_USERNAME=${username}\n`
  await profile.cli.mustRun(
    ...['account', 'add', 'upstox', '--broker', 'upstox', '--mode', 'assisted'],
    ...['--env-file', await profile.write('.env', ofTheApp + ofThePerson)],
    ...endpointFlags(broker),
  )
  app = await App.start(profile)
  await (await watcher.itemOf(app.pid)).press('Open')
})

afterAll(async () => {
  await app.quit()
  await profile.remove()
  await broker.stop()
  watcher.stop()
})

/** Fills the visible form. */
async function enter(page: Page, label: string, value: string): Promise<void> {
  await page.getByLabel(label).fill(value)
  await page.getByRole('button').click()
}

test('closing the window calls the sign-in off and costs nothing', async () => {
  const popover = await app.popover()
  const opened = signInPage(app)
  const outcome = popover.evaluate(() => window.tokentray.login({ name: 'upstox' }))
  const page = await opened
  await until('the window to sign in', async () =>
    (await visibleWindows(app.pid, 'Sign in to upstox at .*')).length > 0 ? true : null,
  )
  // The window hid the popover, and a popover that is hidden for long is destroyed with everything that it waits
  // for.
  await (await watcher.itemOf(app.pid)).press('Open')
  await enter(page, 'Mobile number', broker.credentials.username)
  await page.getByLabel('OTP or TOTP').waitFor()
  await closeSignIn(app, page)
  expect(await outcome).toMatchObject({ ok: false, problem: { kind: 'cancelled' } })
  expect(await profile.account('upstox')).toMatchObject({
    spent: { password: 0, code: 0 },
    token: null,
    problem: null,
  })
})

test('signing in there makes the account ready, whatever was mistyped on the way', async () => {
  const page = await openSignIn(app, 'upstox')
  await enter(page, 'Mobile number', '9000000001')
  await page.getByText('Invalid mobile number').waitFor()
  await enter(page, 'Mobile number', broker.credentials.username)
  await enter(page, 'OTP or TOTP', wrongCode(broker, Date.now()))
  await page.getByText('Invalid OTP. 4 attempts left.').waitFor()
  await enter(page, 'OTP or TOTP', broker.code())
  await enter(page, 'PIN', '000000')
  await page.getByText('Invalid PIN').waitFor()
  await photographPage(page, 'sign-in-upstox')
  await enter(page, 'PIN', pin.value)
  await clickAway(page, 'Authorize')
  await readyCard(await app.popover(), 'upstox').waitFor()
  expect(broker.accepts({ access_token: await profile.cli.mustRun('token', 'upstox') })).toBe(true)
})

test('nothing of what was typed is counted or kept', async () => {
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([1, 1])
  const { codesSent, secretsSetAt, spent } = await profile.account('upstox')
  expect({ codesSent, spent }).toEqual({ codesSent: [], spent: { password: 0, code: 0 } })
  expect(Object.keys(secretsSetAt)).toEqual(['client_secret'])
  expect(await profile.inKeychain('upstox/client_secret')).toBe(broker.credentials.client_secret)
  expect(await profile.inKeychain('upstox/pin_code')).toBe(null)
  expect(await profile.inKeychain('upstox/totp_secret')).toBe(null)
  expect(finds([pin], await filesBelow(profile.folder))).toEqual([])
})
