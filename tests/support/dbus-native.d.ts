import '@homebridge/dbus-native'

// What the package's own types leave out; see its README and lib/bus.js.
declare module '@homebridge/dbus-native' {
  /** Connects to a bus: when no address is given, to the one that DBUS_SESSION_BUS_ADDRESS names. */
  function sessionBus(options: { readonly busAddress?: string }): MessageBus

  interface InterfaceDescription {
    readonly name: string
    /** Signatures of what goes in and what comes out. */
    readonly methods: Readonly<Record<string, readonly [string, string]>>
    readonly signals: Readonly<Record<string, readonly [string]>>
    readonly properties: Readonly<Record<string, string>>
  }

  interface MessageBus {
    /** `implementation.emit` is replaced by one that also sends the signal. */
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
