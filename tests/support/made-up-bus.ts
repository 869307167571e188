import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** A header field: its code, the letter of its type, its value. */
type Field = readonly [code: number, type: 's' | 'o' | 'g' | 'u', value: string | number]

/** The kinds of https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol-messages. */
const KINDS = { methodReturn: 2, error: 3, signal: 4 } as const

/** Returns a message of the kind, written field by field from https://dbus.freedesktop.org/doc/dbus-specification.html. */
export function message(
  kind: keyof typeof KINDS,
  fields: readonly Field[],
  body: readonly number[] = [],
): Buffer {
  const bytes: number[] = []
  const pad = (to: number): void => {
    while (bytes.length % to !== 0) bytes.push(0)
  }
  for (const [code, letter, value] of fields) {
    pad(8)
    bytes.push(code, 1, letter.charCodeAt(0), 0)
    if (typeof value === 'number') bytes.push(value, 0, 0, 0)
    else if (letter === 'g') bytes.push(value.length, ...Buffer.from(value), 0)
    else bytes.push(value.length, 0, 0, 0, ...Buffer.from(value), 0)
  }
  const length = bytes.length
  pad(8)
  const head = [0x6c, KINDS[kind], 1, 1, body.length, 0, 0, 0, 7, 0, 0, 0, length, 0, 0, 0]
  return Buffer.from([...head, ...bytes, ...body])
}

/** What one connection to a made-up bus sends in its turn: first how it takes us, then bytes. */
export interface BusScript {
  readonly welcome?: string
  readonly messages: readonly Buffer[]
}

/**
 * Starts a bus on a socket of its own, which answers the first words of each connection by its script.
 * @returns its address, as the environment names it
 */
export async function startMadeUpBus({ welcome = 'OK 0\r\n', messages }: BusScript): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tokentray-bus-'))
  const socketPath = path.join(folder, 'bus')
  const bus = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write(welcome)
      socket.write(Buffer.concat(messages))
    })
  })
  await new Promise<void>((resolve) => void bus.listen(socketPath, resolve))
  onTestFinished(async () => {
    bus.close()
    await rm(folder, { recursive: true })
  })
  return `unix:path=${socketPath}`
}
