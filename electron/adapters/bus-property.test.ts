import { describe, expect, test } from 'vitest'
import { message, startMadeUpBus, type BusScript } from '../../tests/support/made-up-bus.ts'
import { readBusProperty } from './bus-property.ts'

const hostProperty = {
  destination: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
  interface: 'org.kde.StatusNotifierWatcher',
  property: 'IsStatusNotifierHostRegistered',
}

/** The bytes of a value: its type, then four bytes after a pad to four. */
const value = (type: string, number: number): number[] => [1, type.charCodeAt(0), 0, 0, number, 0, 0, 0]

/** The reply to our introduction, which comes first. */
const hello = message('methodReturn', [[5, 'u', 1]], [])

const answer = (body: readonly number[]): Buffer => message('methodReturn', [[5, 'u', 2]], body)

const refusal = (name: string): Buffer =>
  message('error', [
    [5, 'u', 2],
    [4, 's', name],
  ])

async function read(script: BusScript): Promise<boolean | 'missing' | null> {
  return readBusProperty(hostProperty, { DBUS_SESSION_BUS_ADDRESS: await startMadeUpBus(script) })
}

describe('a property is what its service says of it', () => {
  test.each([
    ['true', true, value('b', 1)],
    ['false', false, value('b', 0)],
    ['a number', true, value('u', 2)],
    ['zero', false, value('u', 0)],
  ])('%s', async (_what, expected, body) => {
    expect(await read({ messages: [hello, answer(body)] })).toBe(expected)
  })

  test('whatever else the bus says before', async () => {
    const signal = message('signal', [[3, 's', 'NameAcquired']], value('b', 1))
    const other = message('methodReturn', [[5, 'u', 7]], value('b', 1))
    expect(await read({ messages: [hello, signal, other, answer(value('b', 0))] })).toBe(false)
  })
})

test.each(['ServiceUnknown', 'NameHasNoOwner', 'UnknownInterface', 'UnknownProperty', 'InvalidArgs'])(
  'it is missing when the bus says %s',
  async (name) => {
    expect(await read({ messages: [hello, refusal(`org.freedesktop.DBus.Error.${name}`)] })).toBe('missing')
  },
)

describe('it is not known', () => {
  test.each<[what: string, script: BusScript]>([
    ['when the service fails', { messages: [hello, refusal('org.freedesktop.DBus.Error.NoReply')] }],
    ['when its value is a text', { messages: [hello, answer([1, 's'.charCodeAt(0), 0, 0, 0, 0, 0, 0, 0])] }],
    ['when the answer has no value', { messages: [hello, answer([])] }],
    ['when the bus refuses us', { welcome: 'REJECTED EXTERNAL\r\n', messages: [] }],
    ['when the bus talks nonsense', { messages: [Buffer.alloc(64, 0xff)] }],
  ])('%s', async (_what, script) => {
    expect(await read(script)).toBeNull()
  })

  test.each([
    ['when the environment names no bus', {}],
    ['when nobody listens at its address', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/at/all' }],
    ['when the address is no socket', { DBUS_SESSION_BUS_ADDRESS: 'autolaunch:' }],
  ])('%s', async (_what, env) => {
    expect(await readBusProperty(hostProperty, env)).toBeNull()
  })

  test('when the service does not answer in time', async () => {
    expect(await read({ messages: [hello] })).toBeNull()
  })
})
