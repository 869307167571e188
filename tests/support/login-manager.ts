import { EventEmitter } from 'node:events'
import { OtherBus } from './other-bus.ts'
import { SessionBus } from './session-bus.ts'

const NAME = 'org.freedesktop.login1'
const PATH = '/org/freedesktop/login1'

/**
 * Plays the system service that tells programs of the machine's sleep, on a private system bus
 * (https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html).
 */
export class LoginManager {
  /** The environment of programs that listen to it. */
  readonly env: NodeJS.ProcessEnv
  readonly #daemon: OtherBus
  readonly #bus: SessionBus
  readonly #face = Object.assign(new EventEmitter(), { ListSessions: () => [] })

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
    await manager.#bus.own(NAME)
    return manager
  }

  /** Tells programs that the machine is awake again. */
  announceWake(): void {
    this.#face.emit('PrepareForSleep', true)
    this.#face.emit('PrepareForSleep', false)
  }

  async stop(): Promise<void> {
    this.#bus.close()
    await this.#daemon.stop()
  }
}
