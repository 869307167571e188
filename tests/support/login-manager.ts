import { EventEmitter } from 'node:events'
import { OtherBus } from './other-bus.ts'
import { SessionBus } from './session-bus.ts'

const NAME = 'org.freedesktop.login1'
const PATH = '/org/freedesktop/login1'
/** The path of a session with the number 2. */
const SESSION_PATH = `${PATH}/session/_32`

/**
 * Plays the system service that tells programs of the machine's sleep and of locked screens, on a private system bus
 * (https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html).
 */
export class LoginManager {
  /** The environment of programs that listen to it. */
  readonly env: NodeJS.ProcessEnv
  readonly #daemon: OtherBus
  readonly #bus: SessionBus
  readonly #face = Object.assign(new EventEmitter(), { ListSessions: () => [] })
  readonly #session = new EventEmitter()
  readonly #properties = new EventEmitter()

  private constructor(daemon: OtherBus) {
    const address = daemon.env['DBUS_SESSION_BUS_ADDRESS'] ?? ''
    this.env = { DBUS_SYSTEM_BUS_ADDRESS: address }
    this.#daemon = daemon
    this.#bus = new SessionBus(address)
  }

  static async start(): Promise<LoginManager> {
    const manager = new LoginManager(await OtherBus.start())
    manager.#bus.offer(manager.#face, PATH, {
      name: `${NAME}.Manager`,
      methods: { ListSessions: ['', 'a(susso)'] },
      signals: { PrepareForSleep: ['b'] },
      properties: {},
    })
    manager.#bus.offer(manager.#session, SESSION_PATH, {
      name: `${NAME}.Session`,
      methods: {},
      signals: { Lock: [''] },
      properties: {},
    })
    manager.#bus.offer(manager.#properties, SESSION_PATH, {
      name: 'org.freedesktop.DBus.Properties',
      methods: {},
      signals: { PropertiesChanged: ['sa{sv}as'] },
      properties: {},
    })
    await manager.#bus.own(NAME)
    return manager
  }

  /** Tells programs that the machine goes to sleep. */
  announceSleep(): void {
    this.#face.emit('PrepareForSleep', true)
  }

  /** Tells programs that the machine is awake again. */
  announceWake(): void {
    this.#face.emit('PrepareForSleep', false)
  }

  /** Locks the user's session, as `loginctl lock-session` does. */
  announceLock(): void {
    this.#session.emit('Lock')
  }

  /** Sets the hint by which a locker says that the screen is locked. */
  announceLockedHint(locked: boolean): void {
    const changed = [
      ['IdleHint', ['b', true]],
      ['LockedHint', ['b', locked]],
    ]
    this.#properties.emit('PropertiesChanged', `${NAME}.Session`, changed, [])
  }

  async stop(): Promise<void> {
    this.#bus.close()
    await this.#daemon.stop()
  }
}
