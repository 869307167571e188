import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { MessageReader, methodCall, type OnSignal } from './bus-message.ts'

const BUS = 'org.freedesktop.DBus'
/** The address that the specification gives the system's bus. */
const SYSTEM_BUS = 'unix:path=/var/run/dbus/system_bus_socket'

/**
 * Calls `onSignal` for each signal on the session bus that matches a rule
 * (https://dbus.freedesktop.org/doc/dbus-specification.html#message-bus-routing-match-rules). Stays
 * silent without a bus.
 * @returns what stops it
 */
export function listenOnSessionBus(
  rules: readonly string[],
  onSignal: OnSignal,
  env: NodeJS.ProcessEnv = process.env,
): () => void {
  return listen(sessionBusSocket(env), rules, onSignal)
}

/** Does the same on the system's bus. */
export function listenOnSystemBus(
  rules: readonly string[],
  onSignal: OnSignal,
  env: NodeJS.ProcessEnv = process.env,
): () => void {
  const { DBUS_SYSTEM_BUS_ADDRESS: configured = '' } = env
  return listen(socketIn(configured === '' ? SYSTEM_BUS : configured), rules, onSignal)
}

function listen(address: string | null, rules: readonly string[], onSignal: OnSignal): () => void {
  if (address === null) return () => undefined
  const socket = connect(address)
  socket.on('error', () => socket.destroy())
  socket.once('connect', () => {
    void subscribe(socket, rules, onSignal)
  })
  return () => socket.destroy()
}

/** Authenticates by the user's number, which the bus reads from the socket (mechanism EXTERNAL), then subscribes. */
async function subscribe(socket: Socket, rules: readonly string[], onSignal: OnSignal): Promise<void> {
  const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
  socket.write(`\0AUTH EXTERNAL ${uid}\r\n`)
  const [line, rest] = await firstLine(socket)
  if (!line.startsWith('OK ')) {
    socket.destroy()
    return
  }
  socket.write('BEGIN\r\n')
  const reader = new MessageReader(onSignal, () => socket.destroy())
  socket.on('data', (bytes) => {
    reader.take(bytes)
  })
  reader.take(rest)
  const calls = [['Hello', []], ...rules.map((rule) => ['AddMatch', [rule]] as const)] as const
  for (const [index, [member, args]] of calls.entries()) {
    const to = { destination: BUS, path: '/org/freedesktop/DBus', interface: BUS, member }
    socket.write(methodCall(index + 1, to, args))
  }
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

function sessionBusSocket(env: NodeJS.ProcessEnv): string | null {
  const { DBUS_SESSION_BUS_ADDRESS: configured = '', XDG_RUNTIME_DIR: runtime = '' } = env
  const standard = runtime === '' ? '' : `unix:path=${path.join(runtime, 'bus')}`
  return socketIn(configured === '' ? standard : configured)
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
