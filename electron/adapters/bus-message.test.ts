import { expect, test } from 'vitest'
import { MessageReader, methodCall, type Signal } from './bus-message.ts'

/** A message, written field by field from https://dbus.freedesktop.org/doc/dbus-specification.html. */
function message(
  type: number,
  fields: readonly (readonly [code: number, type: string, value: string])[],
): Buffer {
  const bytes: number[] = []
  const pad = (to: number): void => {
    while (bytes.length % to !== 0) bytes.push(0)
  }
  for (const [code, letter, value] of fields) {
    pad(8)
    bytes.push(code, 1, letter.charCodeAt(0), 0)
    if (letter === 'g') bytes.push(value.length)
    else {
      pad(4)
      bytes.push(value.length, 0, 0, 0)
    }
    bytes.push(...Buffer.from(value), 0)
  }
  const length = bytes.length
  pad(8)
  const body = Buffer.from('anything at all')
  const head = [0x6c, type, 1, 1, body.length, 0, 0, 0, 7, 0, 0, 0, length, 0, 0, 0]
  return Buffer.concat([Buffer.from(head), Buffer.from(bytes), body])
}

const changed = message(4, [
  [7, 's', 'org.freedesktop.DBus'],
  [1, 'o', '/org/freedesktop/DBus'],
  [2, 's', 'org.freedesktop.DBus'],
  [3, 's', 'NameOwnerChanged'],
  [8, 'g', 'sss'],
])
const reply = message(2, [
  [6, 's', ':1.5'],
  [8, 'g', 's'],
])

function reading(): { seen: Signal[]; nonsense: () => number; reader: MessageReader } {
  const seen: Signal[] = []
  let nonsense = 0
  return {
    seen,
    nonsense: () => nonsense,
    reader: new MessageReader(
      (one) => seen.push(one),
      () => nonsense++,
    ),
  }
}

test('signals are found among replies', () => {
  const { seen, reader } = reading()
  reader.take(Buffer.concat([reply, changed, reply, changed]))
  const signal = { interface: 'org.freedesktop.DBus', member: 'NameOwnerChanged' }
  expect(seen).toEqual([signal, signal])
})

test('signals are found however they are cut into pieces', () => {
  const { seen, reader } = reading()
  for (const byte of Buffer.concat([reply, changed])) reader.take(Buffer.from([byte]))
  expect(seen).toHaveLength(1)
})

test('what claims to be longer than anything that is listened for ends it', () => {
  const { nonsense, reader } = reading()
  const long = Buffer.from(changed)
  long.writeUInt32LE(0x7fffffff, 4)
  reader.take(long)
  expect(nonsense()).toBe(1)
})

test('a call has the header that the specification asks for', () => {
  const to = { destination: 'a.b', path: '/a', interface: 'a.b', member: 'AddMatch' }
  const call = methodCall(3, to, ['rule'])
  expect(call.length % 8).toBe((4 + 'rule'.length + 1) % 8)
  // Little-endian, a method call, no reply expected, version 1, then the length of the body and the serial.
  expect([...call.subarray(0, 4)]).toEqual([0x6c, 1, 1, 1])
  expect([call.readUInt32LE(4), call.readUInt32LE(8)]).toEqual([9, 3])
  for (const text of ['AddMatch', 'rule', '/a', 'a.b']) expect(call.includes(`${text}\0`)).toBe(true)
})
