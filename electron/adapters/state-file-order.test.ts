import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryDir } from '../../tests/support/child.ts'
import { quickClock } from '../../tests/support/children/quick-clock.ts'
import { gate } from '../../tests/support/made-up-broker.ts'
import { LockFiles } from './lock-files.ts'
import { StateFile } from './state-file.ts'

/** Set, it holds the next reading of the state file back after it has been read. */
const slow = vi.hoisted((): { reading: ((text: unknown) => Promise<void>) | null } => ({ reading: null }))

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>()
  return {
    ...real,
    readFile: async (file: string, encoding: BufferEncoding) => {
      const text = await real.readFile(file, encoding)
      const { reading } = slow
      if (reading !== null && file.endsWith('state.json')) {
        slow.reading = null
        await reading(text)
      }
      return text
    },
  }
})

test('a slow look at the file does not bring back a state from before a change', async () => {
  const { dir, remove } = await temporaryDir()
  onTestFinished(remove)
  const file = await StateFile.open(dir, new LockFiles(path.join(dir, 'locks'), quickClock), quickClock)
  const ports = (practicePorts: Record<string, Record<string, number>>) =>
    file.update((state) => ({ ...state, practicePorts }))
  await ports({ one: { web: 1 } })
  // Another process changes the file, so that this one's look has something to take in.
  const other = await StateFile.open(dir, new LockFiles(path.join(dir, 'locks'), quickClock), quickClock)
  await other.update((state) => ({ ...state, practicePorts: { two: { web: 2 } } }))

  const read = gate()
  const goOn = gate()
  slow.reading = () => {
    read.open()
    return goOn.opened
  }
  const look = file.reload()
  await read.opened
  const change = ports({ three: { web: 3 } })
  // Time for the change to overtake the look, if it can.
  for (let turn = 0; turn < 100; turn++) await readdir(dir)
  goOn.open()
  await Promise.all([look, change])
  expect(file.state.practicePorts).toEqual({ three: { web: 3 } })
})
