import { EventEmitter } from 'node:events'
import { SessionBus } from './session-bus.ts'

const NAME = 'org.freedesktop.Notifications'
const PATH = '/org/freedesktop/Notifications'

/** A notification as the desktop shows it. */
export interface ShownNotification {
  readonly id: number
  readonly title: string
  readonly body: string
  /** The actions: keys and button labels. */
  readonly actions: ReadonlyMap<string, string>
}

/**
 * Plays the desktop's notification server
 * (https://specifications.freedesktop.org/notification-spec/latest/protocol.html).
 */
export class NotificationServer {
  /** All notifications so far, oldest first. */
  readonly shown: ShownNotification[] = []
  readonly #bus = new SessionBus()
  readonly #face = Object.assign(new EventEmitter(), {
    GetCapabilities: () => ['actions', 'body'],
    GetServerInformation: () => ['played', 'TokenTray', '1', '1.2'],
    CloseNotification: () => undefined,
    Notify: (
      _app: string,
      _replaces: number,
      _icon: string,
      title: string,
      body: string,
      actions: readonly string[],
    ) => {
      const id = this.shown.length + 1
      const pairs = actions.flatMap((key, index): [string, string][] =>
        index % 2 === 0 ? [[key, actions[index + 1] ?? '']] : [],
      )
      this.shown.push({ id, title, body, actions: new Map(pairs) })
      return id
    },
  })

  /** Starts the server. Programs ask for its capabilities at their own start, so it must run before them. */
  static async start(): Promise<NotificationServer> {
    const server = new NotificationServer()
    server.#bus.offer(server.#face, PATH, {
      name: NAME,
      methods: {
        GetCapabilities: ['', 'as'],
        GetServerInformation: ['', 'ssss'],
        CloseNotification: ['u', ''],
        Notify: ['susssasa{sv}i', 'u'],
      },
      signals: { ActionInvoked: ['us'], NotificationClosed: ['uu'] },
      properties: {},
    })
    await server.#bus.own(NAME)
    return server
  }

  /** Chooses an action of a notification, which closes it. */
  choose({ id }: ShownNotification, action: string): void {
    this.#face.emit('ActionInvoked', id, action)
    const byUser = 2
    this.#face.emit('NotificationClosed', id, byUser)
  }

  stop(): void {
    this.#bus.close()
  }
}
