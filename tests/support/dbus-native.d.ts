import '@homebridge/dbus-native'

// Adds what the package's own types lack; see its README and lib/bus.js.
declare module '@homebridge/dbus-native' {
  /** Connects to a bus, by default to that of DBUS_SESSION_BUS_ADDRESS. */
  function sessionBus(options: { readonly busAddress?: string }): MessageBus

  interface InterfaceDescription {
    readonly name: string
    /** Signatures of arguments and results. */
    readonly methods: Readonly<Record<string, readonly [string, string]>>
    readonly signals: Readonly<Record<string, readonly [string]>>
    readonly properties: Readonly<Record<string, string>>
  }

  interface MessageBus {
    /** Replaces `implementation.emit` by a function that also sends the signal. */
    exportInterface(implementation: object, objectPath: string, description: InterfaceDescription): void
    requestName(
      name: string,
      flags: number,
      callback: (error: { name: string } | null, result: number) => void,
    ): void
  }

  interface BusConnection {
    end(): void
  }
}
