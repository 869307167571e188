import { expect, test } from 'vitest'
import { message } from '../../tests/support/made-up-bus.ts'
import { MessageReader, METHOD_RETURN, methodCall, SIGNAL, type Message } from './bus-message.ts'

const changed = message(
  'signal',
  [
    [7, 's', 'org.freedesktop.DBus'],
    [1, 'o', '/org/freedesktop/DBus'],
    [2, 's', 'org.freedesktop.DBus'],
    [3, 's', 'NameOwnerChanged'],
    [8, 'g', 'sss'],
  ],
  [1, 2, 3],
)
const reply = message('methodReturn', [
  [5, 'u', 9],
  [6, 's', ':1.5'],
  [8, 'g', 's'],
])
const nothing = { interface: '', member: '', error: '', replyTo: 0, body: Buffer.alloc(0), isLittle: true }

function reading(): { seen: Message[]; nonsense: () => number; reader: MessageReader } {
  const seen: Message[] = []
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

test('messages are read by their header fields', () => {
  const { seen, reader } = reading()
  const name = 'org.freedesktop.DBus.Error.ServiceUnknown'
  reader.take(Buffer.concat([reply, changed, message('error', [[4, 's', name]])]))
  expect(seen).toEqual([
    { ...nothing, type: METHOD_RETURN, replyTo: 9 },
    {
      ...{ ...nothing, type: SIGNAL, body: Buffer.from([1, 2, 3]) },
      ...{ interface: 'org.freedesktop.DBus', member: 'NameOwnerChanged' },
    },
    { ...nothing, type: 3, error: name },
  ])
})

test('messages are found however they are cut into pieces', () => {
  const { seen, reader } = reading()
  for (const byte of Buffer.concat([reply, changed])) reader.take(Buffer.from([byte]))
  expect(seen.map(({ type }) => type)).toEqual([METHOD_RETURN, SIGNAL])
})

test('what claims to be longer than anything that is expected ends it', () => {
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
  // Little-endian, a method call, no flags, version 1, then the length of the body and the serial.
  expect([...call.subarray(0, 4)]).toEqual([0x6c, 1, 0, 1])
  expect([call.readUInt32LE(4), call.readUInt32LE(8)]).toEqual([9, 3])
  for (const text of ['AddMatch', 'rule', '/a', 'a.b']) expect(call.includes(`${text}\0`)).toBe(true)
})

test('a dictionary among its arguments is an array of entries, each aligned to eight bytes', () => {
  const to = { destination: 'a.b', path: '/a', interface: 'a.b', member: 'Search' }
  const call = methodCall(3, to, [{ key: 'v', k: 'value' }])
  expect(call.includes('\x05a{ss}\0')).toBe(true)
  const entries = [
    ...[3, 0, 0, 0, ...Buffer.from('key'), 0, 1, 0, 0, 0, ...Buffer.from('v'), 0, 0, 0],
    ...[1, 0, 0, 0, ...Buffer.from('k'), 0, 0, 0, 5, 0, 0, 0, ...Buffer.from('value'), 0],
  ]
  const body = [entries.length, 0, 0, 0, 0, 0, 0, 0, ...entries]
  expect(call.readUInt32LE(4)).toBe(body.length)
  expect([...call.subarray(-body.length)]).toEqual(body)
})
