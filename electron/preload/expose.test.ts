import { beforeEach, describe, expect, test, vi } from 'vitest'
import { expose } from './expose.ts'

type Forward = (event: unknown, payload: unknown) => void
const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  invoked: new Array<unknown>(),
  listeners: new Map<string, (event: unknown, payload: unknown) => void>(),
  once: new Map<string, () => void>(),
}))

vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, bridge: unknown) => electron.exposed.set(name, bridge),
  },
  ipcRenderer: {
    invoke: (...args: unknown[]) => Promise.resolve(electron.invoked.push(args)),
    on: (channel: string, listener: Forward) => electron.listeners.set(channel, listener),
    once: (channel: string, listener: () => void) => electron.once.set(channel, listener),
    off: (channel: string) => electron.listeners.delete(channel),
  },
}))

beforeEach(() => {
  electron.exposed.clear()
  electron.invoked.length = 0
  electron.listeners.clear()
  expose('tokentray', 'popover', { requests: ['login', 'hide'], events: ['stateChanged'] })
})

function call(method: unknown, ...args: unknown[]): unknown {
  if (typeof method !== 'function') throw new Error('The bridge has no such method.')
  return Reflect.apply(method, null, args)
}

const bridge = (): Readonly<Record<string, unknown>> => {
  const exposed: object = Object(electron.exposed.get('tokentray'))
  return { ...exposed }
}

test('a bridge has a function per request, which asks on the channel of its name, and one to listen', () => {
  expect(Object.keys(bridge())).toEqual(['login', 'hide', 'on'])
  call(bridge()['login'], { name: 'main' })
  expect(electron.invoked).toEqual([['popover:login', { name: 'main' }]])
})

test('a listener gets what an event carries, and nothing of Electron’s, until it is stopped', () => {
  const heard: unknown[] = []
  const stop = call(bridge()['on'], 'stateChanged', (...args: unknown[]) => heard.push(args))
  electron.listeners.get('popover:stateChanged')?.({ sender: 'ipcRenderer' }, 'state')
  expect(heard).toEqual([['state']])
  call(stop)
  expect(electron.listeners.size).toBe(0)
})

test.each(['login', 'anything', '../settings:changed', 7])(
  '%s is no event that can be listened to',
  (event) => {
    expect(() => call(bridge()['on'], event, () => undefined)).toThrow('refused')
    expect(electron.listeners.size).toBe(0)
  },
)

describe('a request that is made early', () => {
  beforeEach(() => {
    electron.invoked.length = 0
    expose('tokentray', 'popover', { requests: ['getState'], events: ['stateChanged'] }, 'getState')
  })

  test('answers the page’s first call, and no later one', async () => {
    expect(electron.invoked).toEqual([['popover:getState']])
    expect(await call(bridge()['getState'])).toBe(1)
    expect(electron.invoked).toHaveLength(1)
    expect(await call(bridge()['getState'])).toBe(2)
  })

  test('is made again when an event may have made its reply old', async () => {
    electron.once.get('popover:stateChanged')?.()
    expect(await call(bridge()['getState'])).toBe(2)
  })
})
