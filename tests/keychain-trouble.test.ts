import path from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { App, clickAway } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { OtherBus } from './support/other-bus.ts'
import { Profile } from './support/profile.ts'
import { readyCard } from './support/ready.ts'
import { pasted, pictureFile } from './support/screen.ts'

describe('without a keychain', () => {
  let bus: OtherBus
  let profile: Profile
  let app: App

  beforeAll(async () => {
    bus = await OtherBus.start()
    profile = await Profile.create(bus.env)
    app = await App.start(profile)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await bus.stop()
  })

  test('the popover says that none answers, and what to do', async () => {
    const popover = await app.popover()
    const banner = popover.getByRole('alert')
    await banner.getByText('No keychain found.').waitFor()
    await banner.getByText('sudo apt install gnome-keyring').waitFor()
    await popover.getByRole('button', { name: 'Copy command' }).click()
    await eventually(pasted).toBe('sudo apt install gnome-keyring')
    await popover.screenshot({ path: await pictureFile('no-keychain') })
  })

  test('a practice account can’t be had and the popover says why, but goes on working', async () => {
    const popover = await app.popover()
    await popover.getByRole('button', { name: 'Try it with a practice account' }).click()
    await eventually(() => popover.getByText('No keychain found.').count()).toBeGreaterThan(0)
    expect(await profile.cli.mustRun('account', 'list')).toBe('')
    await popover.getByRole('button', { name: 'Add your broker' }).click()
    await clickAway(await app.accountForm(), 'Cancel')
    await popover.getByRole('button', { name: 'Try it with a practice account' }).waitFor()
  })

  test('once one is started, the same button works', async () => {
    await bus.startKeychain()
    const popover = await app.popover()
    await popover.getByRole('button', { name: 'Try it with a practice account' }).click()
    await readyCard(popover, 'practice').waitFor()
  })

  test('with it the warning goes', async () => {
    await (await app.popover()).getByRole('alert').waitFor({ state: 'detached' })
  })
})

describe('with a locked keychain', () => {
  let broker: KiteConnectPractice
  let bus: OtherBus
  let profile: Profile
  let app: App

  beforeAll(async () => {
    broker = await startKiteConnect()
    bus = await OtherBus.start()
    await bus.startKeychain()
    profile = await Profile.create(bus.env)
    await profile.addAccount('zerodha', broker)
    await bus.lockKeychain()
    app = await App.start(profile)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await bus.stop()
    await broker.stop()
  })

  test('the popover shows the account, says that the keychain is locked, and what to do', async () => {
    const popover = await app.popover()
    const banner = popover.getByRole('alert')
    await banner.getByText('The system keychain is locked.').waitFor()
    await banner.getByText(/Unlock it/).waitFor()
    await popover.getByRole('listitem', { name: /^zerodha/ }).waitFor()
    await popover.screenshot({ path: await pictureFile('locked-keychain') })
  })

  test('a login says so too and sends nothing', async () => {
    const popover = await app.popover()
    await popover.getByRole('button', { name: 'Log in zerodha' }).click()
    await popover.getByRole('listitem', { name: 'zerodha Keychain locked' }).waitFor()
    expect(broker.requests).toEqual([])
    expect((await profile.account('zerodha')).spent).toEqual({ password: 0, code: 0 })
  })

  test('once it is open, trying again logs in', async () => {
    await bus.unlockKeychain()
    const popover = await app.popover()
    await popover.getByRole('button', { name: 'Try again (zerodha)' }).click()
    await readyCard(popover, 'zerodha').waitFor()
  })

  test('then the warning goes and the code comes', async () => {
    const popover = await app.popover()
    await popover.getByRole('alert').waitFor({ state: 'detached' })
    await popover.getByRole('button', { name: /^Copy code/ }).waitFor()
  })
})

describe('with a keychain that is started anew', () => {
  let broker: KiteConnectPractice
  let bus: OtherBus
  let profile: Profile
  let app: App

  beforeAll(async () => {
    broker = await startKiteConnect()
    bus = await OtherBus.start()
    await bus.startKeychain()
    profile = await Profile.create(bus.env)
    await profile.addAccount('zerodha', broker)
    app = await App.start(profile)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await bus.stop()
    await broker.stop()
  })

  test('a login works, or the popover says that TokenTray has to be started again', async () => {
    const popover = await app.popover()
    await popover.getByRole('button', { name: /^Copy code/ }).waitFor()
    await bus.restartKeychain()
    await popover.getByRole('button', { name: 'Log in zerodha' }).click()
    const works = readyCard(popover, 'zerodha')
    const says = popover.getByText(/start TokenTray again|restart TokenTray/i)
    await works.or(says).first().waitFor()
  })

  test('the next start works', async () => {
    await app.quit()
    app = await App.start(profile)
    const popover = await app.popover()
    await popover.getByRole('button', { name: /^Copy code/ }).waitFor()
  })
})

// The keychain's question needs a display.
describe('a locked keychain that asks where nobody is', () => {
  const quick = path.join(import.meta.dirname, './support/children/short-minute.cjs')

  test('ends a login with 5 and has it ask the broker nothing', async () => {
    const broker = await startKiteConnect()
    onTestFinished(() => broker.stop())
    const bus = await OtherBus.start()
    onTestFinished(() => bus.stop())
    await bus.installPrompter()
    await bus.startKeychain()
    const profile = await Profile.create(bus.env)
    onTestFinished(() => profile.remove())
    await profile.addAccount('kite', broker)
    await bus.lockKeychain()
    const { code, stderr } = await profile.cli
      .with({ NODE_OPTIONS: `--require=${quick}` })
      .run('login', 'kite')
    expect(stderr).toContain('The system keychain did not answer within 60 s.')
    expect(stderr).toContain('unlock it there')
    expect(code).toBe(5)
    expect(broker.requests).toEqual([])
    // The failure breaks nothing: once the keychain is open again, the same account logs in.
    await bus.unlockKeychain()
    await profile.cli.mustRun('login', 'kite')
  })
})
