import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { readyCard } from './support/ready.ts'
import { pasted } from './support/screen.ts'
import { Profile } from './support/profile.ts'

describe('the tray app and the command line at the same time', () => {
  let broker: KiteConnectPractice
  let profile: Profile
  let app: App

  beforeAll(async () => {
    broker = await startKiteConnect()
    profile = await Profile.create()
    app = await App.start(profile)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await broker.stop()
  })

  test('an account added and logged in on the command line appears in the popover', async () => {
    const popover = await app.popover()
    await popover.getByRole('button', { name: 'Add your broker' }).waitFor()
    await profile.addAccount('zerodha', broker)
    await popover.getByRole('listitem', { name: 'zerodha No token yet' }).waitFor()
    await profile.cli.mustRun('login', 'zerodha')
    await readyCard(popover, 'zerodha').waitFor()
  })

  test('the popover hands out the token that the command line has got', async () => {
    const popover = await app.popover()
    const token = await profile.cli.mustRun('token', 'zerodha')
    // A plain click would hide the popover, whose window is gone after a while.
    await popover.getByRole('button', { name: 'Copy token of zerodha' }).click({ modifiers: ['Shift'] })
    await eventually(pasted).toBe(token)
  })

  test('a token ended on the command line is gone from the popover', async () => {
    await profile.cli.mustRun('logout', 'zerodha')
    await (await app.popover()).getByRole('listitem', { name: 'zerodha No token yet' }).waitFor()
  })

  test('a login in the popover gives the command line a token', async () => {
    expect((await profile.cli.run('token', 'zerodha')).code).toBe(3)
    const popover = await app.popover()
    await popover.getByRole('button', { name: 'Log in zerodha' }).click()
    // The first login has used this window's code, so the app may wait for the next one.
    await readyCard(popover, 'zerodha').waitFor()
    expect(await profile.cli.mustRun('token', 'zerodha')).toMatch(/^\w{32}$/)
    expect(broker.wrongCodes).toBe(0)
  })

  test('an account removed in the popover is gone from the command line and from the keychain', async () => {
    const popover = await app.popover()
    expect(await profile.inKeychain('zerodha/password')).toBe(broker.credentials.password)
    await popover.getByRole('button', { name: 'More for zerodha' }).click()
    await popover.getByRole('menuitem', { name: 'Remove…' }).click()
    await popover.getByRole('menuitem', { name: 'Remove', exact: true }).click()
    await popover.getByRole('button', { name: 'Add your broker' }).waitFor()
    expect(await profile.cli.mustRun('account', 'list')).toBe('')
    expect(await profile.inKeychain('zerodha/password')).toBeNull()
    expect(await profile.inKeychain('zerodha/token/access_token')).toBeNull()
  })
})
