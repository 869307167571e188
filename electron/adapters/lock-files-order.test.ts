import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryDir } from '../../tests/support/child.ts'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import { gate } from '../../tests/support/made-up-broker.ts'
import { LockFiles } from './lock-files.ts'

const POLL_MS = 50

/** Set, it holds the next writing of a text back between the moment its file is opened and the text is in it. */
const slow = vi.hoisted((): { writing: (() => Promise<void>) | null } => ({ writing: null }))

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>()
  return {
    ...real,
    writeFile: async (path: string, text: string, options?: { mode: number }) => {
      const { writing } = slow
      if (writing === null || text === '') return real.writeFile(path, text, options)
      slow.writing = null
      const file = await real.open(path, 'w', options?.mode)
      await writing()
      await file.writeFile(text)
      await file.close()
    },
  }
})

test('a caller whose disk is slow does not lock everybody out', async () => {
  const { dir, remove } = await temporaryDir()
  onTestFinished(remove)
  const clock = new FakeClock(0)
  const locks = new LockFiles(dir, clock)
  const opened = gate()
  const goOn = gate()
  slow.writing = () => {
    opened.open()
    return goOn.opened
  }
  const controller = new AbortController()
  const slowCaller = locks.acquire('shared', controller.signal)
  await opened.opened
  // Another caller comes, has the lock and frees it, all while the slow one writes.
  await (
    await locks.acquire('shared', new AbortController().signal)
  )()
  goOn.open()

  const waits = async (): Promise<never> => {
    for (let look = 0; look < 5; look++) {
      await clock.untilWaitingFor(POLL_MS)
      clock.advance(POLL_MS)
    }
    await clock.untilWaitingFor(POLL_MS)
    controller.abort()
    throw new Error('the lock is free, and yet it is waited for')
  }
  const release = await Promise.race([slowCaller, waits()])
  await release()
  expect(slow.writing).toBe(null)
})
