import { expect, test } from 'vitest'
import { message, startMadeUpBus, type BusScript } from '../../tests/support/made-up-bus.ts'
import { areItemsOpen } from './secret-service.ts'

/** The bytes of a list of paths: its length, then each path after its own, aligned to four bytes. */
function list(paths: readonly string[]): number[] {
  const bytes: number[] = []
  for (const path of paths) {
    while (bytes.length % 4 !== 0) bytes.push(0)
    bytes.push(path.length, 0, 0, 0, ...Buffer.from(path), 0)
  }
  return [bytes.length, 0, 0, 0, ...bytes]
}

/** The answer to a search: open items, then locked ones. */
function found(open: readonly string[], locked: readonly string[]): BusScript {
  const body = list(open)
  while (body.length % 4 !== 0) body.push(0)
  return { messages: [message('methodReturn', [[5, 'u', 2]], [...body, ...list(locked)])] }
}

const failed = message('error', [
  [5, 'u', 2],
  [4, 's', 'org.freedesktop.DBus.Error.ServiceUnknown'],
])

test.each<[what: string, expected: boolean, script: BusScript]>([
  ['open items', true, found(['/a', '/bc'], [])],
  ['one open item', true, found(['/org/freedesktop/secrets/collection/login/1'], [])],
  ['an open and a locked one', false, found(['/abc'], ['/d'])],
  ['locked ones', false, found([], ['/abc', '/d'])],
  ['none', false, found([], [])],
  ['no such service', false, { messages: [failed] }],
  ['an answer without a body', false, { messages: [message('methodReturn', [[5, 'u', 2]])] }],
])('a keychain with %s: %s', async (_what, expected, script) => {
  const bus = { DBUS_SESSION_BUS_ADDRESS: await startMadeUpBus(script) }
  expect(await areItemsOpen('TokenTray', bus)).toBe(expected)
})

test('no bus, no keychain', async () => {
  expect(await areItemsOpen('TokenTray', {})).toBe(false)
})
