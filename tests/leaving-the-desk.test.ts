import { EventEmitter } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../practice/kite-connect.ts'
import { App } from './support/app.ts'
import { eventually } from './support/eventually.ts'
import { LoginManager } from './support/login-manager.ts'
import { Profile } from './support/profile.ts'
import { copyElsewhere, middleClicked, pasted } from './support/screen.ts'
import { SessionBus } from './support/session-bus.ts'
import { TrayWatcher } from './support/tray-watcher.ts'

/** The longest life of a copy, so that its time is not over in a test, s. */
const LIFE_S = 120

/** Plays the program that locks a desktop's screen. */
class ScreenSaver {
  readonly #bus = new SessionBus()
  readonly #face = new EventEmitter()

  constructor(desktop: string) {
    const [path, name] = [`/${desktop.replaceAll('.', '/')}/ScreenSaver`, `${desktop}.ScreenSaver`]
    this.#bus.offer(this.#face, path, {
      name,
      methods: {},
      signals: { ActiveChanged: ['b'] },
      properties: {},
    })
  }

  announce(active: boolean): void {
    this.#face.emit('ActiveChanged', active)
  }

  stop(): void {
    this.#bus.close()
  }
}

describe('a copied token, when the user leaves the desk', () => {
  let watcher: TrayWatcher
  let system: LoginManager
  let broker: KiteConnectPractice
  let profile: Profile
  let app: App
  let saver: ScreenSaver
  let token: string

  beforeAll(async () => {
    watcher = await TrayWatcher.start()
    system = await LoginManager.start()
    broker = await startKiteConnect()
    saver = new ScreenSaver('org.gnome')
    profile = await Profile.create(system.env)
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('login', 'zerodha')
    token = await profile.cli.mustRun('token', 'zerodha')
    await profile.changeState((state) => ({
      ...state,
      settings: { ...state.settings, clipboardSeconds: LIFE_S },
    }))
    app = await App.start(profile)
  })

  afterAll(async () => {
    await app.quit()
    await profile.remove()
    await broker.stop()
    await system.stop()
    saver.stop()
    watcher.stop()
  })

  async function copy(): Promise<void> {
    await (await watcher.itemOf(app.pid)).press('Copy access token')
    await eventually(pasted).toBe(token)
  }

  test('L1: is forgotten, and what was copied elsewhere since stays', async () => {
    await copy()
    await copyElsewhere('a shopping list')
    system.announceLock()
    await (await watcher.itemOf(app.pid)).press('Open')
    const popover = await app.popover()
    await eventually(() => popover.evaluate(async () => (await window.tokentray.getState()).clipboard)).toBe(
      null,
    )
    expect(await pasted()).toBe('a shopping list')
  })

  test.each<[way: string, leave: () => void]>([
    ['locks the session', () => system.announceLock()],
    ['sends the computer to sleep', () => system.announceSleep()],
    ['locks the screen with a locker that sets logind’s hint', () => system.announceLockedHint(true)],
    ['locks the screen by the desktop', () => saver.announce(true)],
  ])('is gone from both selections when the user %s', async (_way, leave) => {
    await copy()
    leave()
    await eventually(pasted).toBe('')
    await eventually(middleClicked).toBe('')
    system.announceWake()
  })
})
