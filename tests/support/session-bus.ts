import { sessionBus, type InterfaceDescription, type MessageBus } from '@homebridge/dbus-native'

export interface BusCall {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
  /** The types of the arguments, as a D-Bus signature. */
  readonly signature?: string
  readonly body?: readonly unknown[]
}

const PRIMARY_OWNER = 1
const DO_NOT_QUEUE = 4

/** Connects to the session bus or another bus, with promises. */
export class SessionBus {
  readonly #bus: MessageBus

  /** @param address of another bus than the session's */
  constructor(address?: string) {
    this.#bus = sessionBus(address === undefined ? {} : { busAddress: address })
  }

  /** Resolves with the values of the reply, and rejects with an error reply. */
  call(message: BusCall): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      this.#bus.invoke(
        message,
        (error: { name: string; message: unknown } | undefined | null, ...values: unknown[]) => {
          if (error) reject(new Error(`${message.member}: ${error.name}: ${String(error.message)}`))
          else resolve(values)
        },
      )
    })
  }

  /** Resolves with the process behind a connection. */
  async processOf(connection: string): Promise<unknown> {
    const [pid] = await this.call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'GetConnectionUnixProcessID',
      signature: 's',
      body: [connection],
    })
    return pid
  }

  offer(implementation: object, objectPath: string, description: InterfaceDescription): void {
    this.#bus.exportInterface(implementation, objectPath, description)
  }

  /** Takes a well-known name, and rejects when another program owns it. */
  own(name: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#bus.requestName(name, DO_NOT_QUEUE, (error, result) => {
        if (error === null && result === PRIMARY_OWNER) resolve()
        else reject(new Error(`${name} could not be had: ${error?.name ?? `answer ${String(result)}`}`))
      })
    })
  }

  close(): void {
    this.#bus.connection.end()
  }
}
