import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { MessageReader, methodCall, type Argument, type Message, type Receiver } from './bus-message.ts'

/** The program that is the bus, and its object. */
export const BUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const

/** The address that the specification gives the system's bus. */
const SYSTEM_BUS = 'unix:path=/var/run/dbus/system_bus_socket'

/** The serial number of the first of the calls; one before it introduces us to the bus. */
const FIRST_CALL = 2

/** How long a service may take; those called here answer at once or not at all, ms. */
const ANSWER_MS = 2_000

export type Call = readonly [to: Receiver, args: readonly Argument[]]

/**
 * Connects to a bus, sends it calls and passes on all its messages. The socket closes when there is no bus, when it
 * refuses us, and for bytes that can't be D-Bus.
 * @param address a socket, as the functions below return it
 */
export function callOnBus(
  address: string,
  calls: readonly Call[],
  onMessage: (message: Message) => void,
): Socket {
  const socket = connect(address)
  socket.on('error', () => socket.destroy())
  socket.once('connect', () => {
    void introduce(socket, calls, onMessage)
  })
  return socket
}

/** Returns the reply to a call on the session bus; null when there is no bus, or no reply in time. */
export function callSessionBus(call: Call, env: NodeJS.ProcessEnv): Promise<Message | null> {
  const address = sessionBusSocket(env)
  if (address === null) return Promise.resolve(null)
  return new Promise((resolve) => {
    const socket = callOnBus(address, [call], (message) => {
      if (message.replyTo !== FIRST_CALL) return
      resolve(message)
      socket.destroy()
    })
    socket.setTimeout(ANSWER_MS, () => socket.destroy())
    socket.once('close', () => {
      resolve(null)
    })
  })
}

/** Authenticates by the user's number, which the bus reads from the socket (mechanism EXTERNAL), then sends the calls. */
async function introduce(
  socket: Socket,
  calls: readonly Call[],
  onMessage: (message: Message) => void,
): Promise<void> {
  const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
  socket.write(`\0AUTH EXTERNAL ${uid}\r\n`)
  const [line, rest] = await firstLine(socket)
  if (!line.startsWith('OK ')) {
    socket.destroy()
    return
  }
  const hello: Call = [{ ...BUS, member: 'Hello' }, []]
  const messages = [hello, ...calls].map(([to, args], index) => methodCall(FIRST_CALL - 1 + index, to, args))
  socket.write(Buffer.concat([Buffer.from('BEGIN\r\n'), ...messages]))
  const reader = new MessageReader(onMessage, () => socket.destroy())
  socket.on('data', (bytes) => {
    reader.take(bytes)
  })
  reader.take(rest)
}

function firstLine(socket: Socket): Promise<[line: string, rest: Buffer]> {
  return new Promise((resolve) => {
    let seen = Buffer.alloc(0)
    const onData = (bytes: Buffer): void => {
      seen = Buffer.concat([seen, bytes])
      const end = seen.indexOf('\r\n')
      if (end < 0) return
      socket.off('data', onData)
      resolve([seen.toString('latin1', 0, end), seen.subarray(end + 2)])
    }
    socket.on('data', onData)
  })
}

/** Tells whether there is a session bus. */
export function hasSessionBus(env: NodeJS.ProcessEnv): boolean {
  const { DBUS_SESSION_BUS_ADDRESS: configured = '', XDG_RUNTIME_DIR: runtime = '' } = env
  return configured !== '' || (runtime !== '' && existsSync(path.join(runtime, 'bus')))
}

/** Returns the socket of the session bus, if the environment names one. */
export function sessionBusSocket(env: NodeJS.ProcessEnv): string | null {
  const { DBUS_SESSION_BUS_ADDRESS: configured = '', XDG_RUNTIME_DIR: runtime = '' } = env
  const standard = runtime === '' ? '' : `unix:path=${path.join(runtime, 'bus')}`
  return socketIn(configured === '' ? standard : configured)
}

/** Returns the socket of the system's bus. */
export function systemBusSocket({
  DBUS_SYSTEM_BUS_ADDRESS: configured = '',
}: NodeJS.ProcessEnv): string | null {
  return socketIn(configured === '' ? SYSTEM_BUS : configured)
}

/**
 * Returns the first address that is a socket
 * (https://dbus.freedesktop.org/doc/dbus-specification.html#addresses); null when there is none.
 */
function socketIn(addresses: string): string | null {
  for (const address of addresses.split(';')) {
    const [, kind, value = ''] = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(address) ?? []
    if (kind !== undefined) return (kind === 'abstract' ? '\0' : '') + decodeURIComponent(value)
  }
  return null
}
