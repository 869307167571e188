import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { watchScreenLock } from './screen-lock.ts'

/** Returns a signal with the header that a bus sends, and its arguments as raw bytes. */
function signal(member: string, body: readonly number[] = []): Buffer {
  const name = Buffer.from(member)
  const field = Buffer.from([3, 1, 's'.charCodeAt(0), 0, name.length, 0, 0, 0, ...name, 0])
  const head = Buffer.from([0x6c, 4, 1, 1, body.length, 0, 0, 0, 9, 0, 0, 0, field.length, 0, 0, 0])
  return Buffer.concat([head, field, Buffer.alloc((8 - (field.length % 8)) % 8), Buffer.from(body)])
}

/** Returns the arguments of `PropertiesChanged`: an interface's name, then a property of it and its value. */
function changed(property: string, value: boolean): number[] {
  const text = (words: string): number[] => [words.length, 0, 0, 0, ...Buffer.from(words), 0]
  const bytes = text('a.b')
  const pad = (to: number): void => {
    while (bytes.length % to !== 0) bytes.push(0)
  }
  pad(4)
  bytes.push(0, 0, 0, 0)
  pad(8)
  bytes.push(...text(property), 1, 'b'.charCodeAt(0), 0)
  pad(4)
  bytes.push(value ? 1 : 0, 0, 0, 0)
  return bytes
}

/** Returns how often a screen is called locked while a bus sends these messages and then one lock. */
async function locksIn(messages: readonly Buffer[]): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tokentray-bus-'))
  const address = path.join(folder, 'bus')
  const bus = createServer((socket) => {
    socket.once('data', () => {
      socket.write('OK 0\r\n')
      socket.write(Buffer.concat([...messages, signal('Lock')]))
    })
  })
  await new Promise<void>((resolve) => void bus.listen(address, resolve))
  onTestFinished(async () => {
    bus.close()
    await rm(folder, { recursive: true })
  })
  let locks = 0
  return new Promise((resolve) => {
    const env = { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${address}` }
    const onLock = (): void => {
      locks += 1
      // Every signal of a chunk is read before this runs.
      setImmediate(() => {
        stop()
        resolve(locks)
      })
    }
    const stop = watchScreenLock(onLock, env)
  })
}

test('a lock is a lock', async () => {
  expect(await locksIn([])).toBe(1)
})

test.each([
  ['a screensaver that starts', signal('ActiveChanged', [1, 0, 0, 0])],
  ['a hint that the screen is locked', signal('PropertiesChanged', changed('LockedHint', true))],
])('so is %s', async (_what, message) => {
  expect(await locksIn([message])).toBe(2)
})

test.each([
  ['a screensaver that ends', signal('ActiveChanged', [0, 0, 0, 0])],
  ['a hint that the screen is open', signal('PropertiesChanged', changed('LockedHint', false))],
  ['another property', signal('PropertiesChanged', changed('IdleHint', true))],
  ['a signal without its arguments', signal('ActiveChanged')],
  ['the end of a lock', signal('Unlock')],
])('%s is none', async (_what, message) => {
  expect(await locksIn([message])).toBe(1)
})
