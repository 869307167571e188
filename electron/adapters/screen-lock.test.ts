import { expect, test } from 'vitest'
import { message, startMadeUpBus } from '../../tests/support/made-up-bus.ts'
import { watchScreenLock } from './screen-lock.ts'

/** Returns a signal with its arguments as raw bytes. */
const signal = (member: string, body: readonly number[] = []): Buffer =>
  message('signal', [[3, 's', member]], body)

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
  const address = await startMadeUpBus({ messages: [...messages, signal('Lock')] })
  let locks = 0
  return new Promise((resolve) => {
    const env = { DBUS_SYSTEM_BUS_ADDRESS: address }
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
