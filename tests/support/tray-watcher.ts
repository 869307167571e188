import { EventEmitter } from 'node:events'
import { SessionBus } from './session-bus.ts'
import { TrayItem } from './tray-item.ts'
import { until } from './until.ts'

const NAME = 'org.kde.StatusNotifierWatcher'
const PATH = '/StatusNotifierWatcher'

/**
 * Plays the desktop's tray, with which programs register their icons
 * (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/).
 */
export class TrayWatcher {
  readonly #bus = new SessionBus()
  readonly #items: { readonly connection: string; readonly item: TrayItem }[] = []

  /** Starts the tray. Programs look for it only at their own start, so it must run before them. */
  static async start(): Promise<TrayWatcher> {
    const watcher = new TrayWatcher()
    watcher.#bus.offer(watcher.#face(), PATH, {
      name: NAME,
      methods: { RegisterStatusNotifierItem: ['s', ''], RegisterStatusNotifierHost: ['s', ''] },
      signals: { StatusNotifierItemRegistered: ['s'] },
      properties: {
        IsStatusNotifierHostRegistered: 'b',
        ProtocolVersion: 'i',
        RegisteredStatusNotifierItems: 'as',
      },
    })
    await watcher.#bus.own(NAME)
    return watcher
  }

  /** Resolves with the icon of a process, once it is registered. */
  async itemOf(pid: number): Promise<TrayItem> {
    return until(`the tray icon of process ${String(pid)}`, async () => {
      for (const { connection, item } of [...this.#items].reverse()) {
        // A connection of an ended program has no process.
        const owner = await this.#bus.processOf(connection).catch(() => null)
        if (owner === pid) return item
      }
      return null
    })
  }

  stop(): void {
    this.#bus.close()
  }

  /** Returns the interface that programs see on the bus. */
  #face(): object {
    const registered: string[] = []
    const register = (service: string, message: { readonly sender: string }): void => {
      const { sender } = message
      const isPath = service.startsWith('/')
      const destination = isPath ? sender : service
      const objectPath = isPath ? service : '/StatusNotifierItem'
      this.#items.push({ connection: sender, item: new TrayItem(this.#bus, destination, objectPath) })
      registered.push(destination + objectPath)
      face.emit('StatusNotifierItemRegistered', destination + objectPath)
    }
    const face = Object.assign(new EventEmitter(), {
      IsStatusNotifierHostRegistered: true,
      ProtocolVersion: 0,
      RegisteredStatusNotifierItems: registered,
      RegisterStatusNotifierItem: register,
      RegisterStatusNotifierHost: () => undefined,
    })
    return face
  }
}
