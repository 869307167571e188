import { afterAll, beforeAll, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { listenOnLoopback } from '../practice/loopback.ts'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { LoginManager } from './support/login-manager.ts'
import { MovedClock, NEXT_TRADING_DAY, TRADING_DAY } from './support/moved-clock.ts'
import { Profile } from './support/profile.ts'
import { readyTooltip } from './support/ready.ts'
import type { TrayItem } from './support/tray-item.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

let watcher: TrayWatcher
let system: LoginManager
let clock: MovedClock
let broker: KiteConnectPractice
let profile: Profile
let app: App
let icon: TrayItem

beforeAll(async () => {
  watcher = await TrayWatcher.start()
  system = await LoginManager.start()
  clock = new MovedClock('08:30')
  broker = await startKiteConnect({ now: clock.now })
  profile = await Profile.create({ ...clock.env, ...system.env })
  await profile.addAccount('zerodha', broker)
  app = await App.start(profile)
  icon = await watcher.itemOf(app.pid)
})

afterAll(async () => {
  await app.quit()
  await profile.remove()
  await broker.stop()
  await system.stop()
  watcher.stop()
})

const run = async () => (await profile.account('zerodha')).schedule?.run

test('an app that is started after the hour makes good what it has missed', async () => {
  await eventually(() => icon.tooltip()).toMatch(readyTooltip(1, 1))
  expect((await profile.account('zerodha')).token?.seen).toBe('accepted')
  await eventually(run).toMatchObject({ day: TRADING_DAY, state: 'ready' })
})

test('after a night’s sleep the run is tried, and again at the next waking if there was no network', async () => {
  const { endpoints } = broker
  const ports = { web: Number(new URL(endpoints.web).port), api: Number(new URL(endpoints.api).port) }
  await broker.stop()
  // Holds the broker's ports, so that no other program gets them.
  const cutOff = await Promise.all(
    Object.values(ports).map((port) => listenOnLoopback(({ socket }) => void socket.destroy(), port)),
  )
  await clock.sleepUntil('08:30', NEXT_TRADING_DAY, app)
  system.announceSleep()
  system.announceWake()
  await eventually(run).toMatchObject({ day: NEXT_TRADING_DAY, state: 'trying', problem: 'network' })
  const { nextTryAt } = (await run()) ?? {}

  await Promise.all(cutOff.map((server) => server.close()))
  broker = await startKiteConnect({ now: clock.now, ports })
  expect(broker.endpoints).toEqual(endpoints)
  system.announceSleep()
  system.announceWake()
  await eventually(run).toMatchObject({ day: NEXT_TRADING_DAY, state: 'ready' })
  // The next retry would come by itself, but later.
  expect(broker.requests[0]?.at).toBeLessThan(nextTryAt ?? 0)
})
