import { setImmediate } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { terminal } from './terminal.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const before = new Map(SIGNALS.map((name) => [name, process.listeners(name)]))

afterEach(() => {
  for (const name of SIGNALS)
    for (const listener of process.listeners(name))
      if (before.get(name)?.includes(listener) !== true) process.off(name, listener)
})

// Node warns from the eleventh listener on.
test('twenty logins may listen to its signal without a warning of Node’s', async () => {
  const warnings: string[] = []
  const listen = ({ name }: Error): void => {
    warnings.push(name)
  }
  process.on('warning', listen)
  const { signal } = terminal()
  for (let login = 0; login < 20; login++) signal.addEventListener('abort', () => undefined, { once: true })
  await setImmediate()
  process.off('warning', listen)
  expect(warnings).toEqual([])
})
