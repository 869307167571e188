import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { State } from '../electron/core/state/state.ts'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { focusedAccount } from './support/focused-account.ts'
import { MessageReceiver } from './support/message-receiver.ts'
import { MovedClock, NEXT_TRADING_DAY } from './support/moved-clock.ts'
import { NotificationServer } from './support/notification-server.ts'
import { hidePopover } from './support/keyboard.ts'
import { Profile } from './support/profile.ts'
import { pictureFile } from './support/screen.ts'
import { TrayWatcher } from './support/tray-watcher.ts'
import { until } from './support/until.ts'

const WRONG_PASSWORD = 'not-my-password-7'
const TOLD = ['2 accounts are not logged in', 'asking needs you']

/** Adds skipped accounts at the top of the list, so that the others are out of sight. */
function withMany(state: State): State {
  const [first] = state.accounts
  if (first === undefined) return state
  const many = Array.from({ length: 12 }, (_, index) => ({
    ...first,
    name: `aside${String(index)}`,
    secretsSetAt: {},
  }))
  const skipped = many.map(({ name }) => name)
  const { settings } = state
  return {
    ...state,
    accounts: [...many, ...state.accounts],
    settings: { ...settings, schedule: { ...settings.schedule, skipped } },
  }
}

describe('a morning that goes well for some accounts only', () => {
  let watcher: TrayWatcher
  let desktop: NotificationServer
  let webhook: MessageReceiver
  let clock: MovedClock
  let brokers: Readonly<Record<'good' | 'wrong1' | 'wrong2' | 'asking', KiteConnectPractice>>
  let profile: Profile
  let app: App

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    desktop = await NotificationServer.start()
    webhook = await MessageReceiver.start(500)
    clock = new MovedClock('08:30')
    const { now } = clock
    brokers = {
      good: await startKiteConnect({ now }),
      wrong1: await startKiteConnect({ now, credentials: { user_id: 'AA0001' } }),
      wrong2: await startKiteConnect({ now, credentials: { user_id: 'BB0002' } }),
      asking: await startKiteConnect({ now, credentials: { user_id: 'CC0003' }, twofaTypes: ['app_code'] }),
    }
    profile = await Profile.create(clock.env)
    await profile.addAccount('good', brokers.good)
    await profile.addAccount('wrong1', brokers.wrong1, { password: WRONG_PASSWORD })
    await profile.addAccount('wrong2', brokers.wrong2, { password: WRONG_PASSWORD })
    await profile.addAccount('asking', brokers.asking, { totp_secret: '' })
    await profile.cli.runWith(`${webhook.url}\n`, 'schedule', 'webhook')
    await profile.changeState(withMany)
    app = await App.start(profile, ['--hidden'])
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await Promise.all(Object.values(brokers).map((broker) => broker.stop()))
    webhook.stop()
    desktop.stop()
    watcher.stop()
  })

  const titles = (): string[] => desktop.shown.map(({ title }) => title)

  /** Clicks on a notification and returns its account, if it names only one. */
  async function click(title: string): Promise<string> {
    const notification = await until(
      title,
      () => desktop.shown.find((shown) => shown.title === title) ?? null,
    )
    desktop.choose(notification, 'default')
    const [first = ''] = /\w+/.exec(notification.body) ?? []
    return first
  }

  test('what stands in the way of the others is told in one notification for each kind of it', async () => {
    await eventually(titles).toEqual(TOLD)
    expect(desktop.shown[0]?.body).toMatch(/^(wrong1 and wrong2|wrong2 and wrong1): Zerodha refused/)
    expect(brokers.asking.requests).toEqual([])
    await eventually(async () => (await profile.account('good')).schedule?.run?.state).toBe('ready')
    expect((await profile.account('good')).token?.seen).toBe('accepted')
  })

  test('a click on one opens the popover with the account in sight and under the keyboard', async () => {
    expect(app.electron.windows()).toEqual([])
    await click('asking needs you')
    await eventually(() => app.showsPopover()).toBe(true)
    const popover = await app.popover()
    await eventually(() => focusedAccount(popover)).toBe('asking')
    await popover.screenshot({ path: await pictureFile('notification-clicked') })
  })

  test('a click on one about several leads to the first of them, also in a popover that was hidden', async () => {
    const popover = await app.popover()
    await hidePopover(app)
    const first = await click('2 accounts are not logged in')
    await eventually(() => app.showsPopover()).toBe(true)
    expect(first).toMatch(/^wrong/)
    await eventually(() => focusedAccount(popover)).toBe(first)
  })

  test('a webhook that does not work was sent the same, and has held up nothing', async () => {
    await eventually(() => webhook.bodies.length).toBe(1 + TOLD.length)
    const [tried = '', ...posted] = webhook.bodies
    expect(tried).toContain('TokenTray can reach you here')
    expect(posted.map((body): unknown => JSON.parse(body))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ title: TOLD[0], kind: 'failed' }),
        expect.objectContaining({ title: TOLD[1], kind: 'needs-you' }),
      ]),
    )
  })

  test('no secret, code, token or address is in what was told', async () => {
    const told = JSON.stringify([desktop.shown, webhook.bodies])
    const { user_id, ...secrets } = brokers.good.credentials
    const values = [
      ...Object.values(secrets),
      ...Object.values(brokers.wrong1.credentials),
      user_id,
      WRONG_PASSWORD,
      (await profile.inKeychain('good/token/access_token')) ?? 'no token',
      '127.0.0.1',
      'unspoken',
    ]
    expect(values).not.toContain('no token')
    for (const value of values) expect(told).not.toContain(value)
  })

  test('a restart on the same morning tells only what is new', async () => {
    await app.quit()
    app = await App.start(profile)
    await profile.cli.mustRun('schedule', 'unskip', 'aside0')
    await eventually(() => titles().length).toBeGreaterThan(TOLD.length)
    expect(titles()).toEqual([...TOLD, 'aside0 needs you'])
  })

  test('the next morning tells again, and not what is switched off', async () => {
    await app.quit()
    desktop.shown.length = 0
    await profile.changeState(({ settings, ...state }) => ({
      ...state,
      settings: { ...settings, notifications: { ...settings.notifications, failed: false } },
    }))
    clock.moveTo('08:30', NEXT_TRADING_DAY)
    app = await App.start(Profile.in(profile, clock.env))
    await eventually(titles).toEqual(['2 accounts need you'])
    const run = async () => (await profile.account('wrong1')).schedule?.run
    await eventually(run).toMatchObject({ day: NEXT_TRADING_DAY, state: 'failed' })
  })
})
