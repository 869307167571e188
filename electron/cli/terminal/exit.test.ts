import { expect, test } from 'vitest'
import { killSelf } from './exit.ts'

class Ended extends Error {}

/** A process on that system, and what it did to itself. */
function processOn(platform: NodeJS.Platform) {
  const did: unknown[] = []
  return {
    did,
    platform,
    pid: 4711,
    exit: (code?: number | string | null): never => {
      did.push(['exit', code])
      throw new Ended()
    },
    removeAllListeners: () => process,
    kill: (pid: number, signal?: string | number): true => {
      did.push(['kill', pid, signal])
      return true
    },
  }
}

test.each([
  ['SIGINT', 130],
  ['SIGHUP', 129],
  ['SIGTERM', 143],
] as const)('on Windows, which has no signals, %s ends it with exit code %i', (signal, code) => {
  const own = processOn('win32')
  expect(() => killSelf(signal, own)).toThrow(Ended)
  expect(own.did).toEqual([['exit', code]])
})

test('elsewhere the signal itself ends it', () => {
  const own = processOn('linux')
  killSelf('SIGHUP', own)
  expect(own.did).toEqual([['kill', 4711, 'SIGHUP']])
})
