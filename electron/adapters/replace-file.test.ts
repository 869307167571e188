import { open, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { quickClock } from '../../tests/support/children/quick-clock.ts'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import { folderPerTest } from '../../tests/support/hooks.ts'
import { renameOver, replaceFile } from './replace-file.ts'

const dir = folderPerTest()

/** Fails with each of `codes` in turn, then goes well. */
function failing(...codes: string[]): { rename: () => Promise<void>; tries: () => number } {
  let tries = 0
  const rename = (): Promise<void> => {
    const code = codes[tries++]
    return code === undefined ? Promise.resolve() : Promise.reject(Object.assign(new Error(code), { code }))
  }
  return { rename, tries: () => tries }
}

describe('putting a file in place of one that another program has open', () => {
  test('is tried again on Windows, whichever way it is refused', async () => {
    const { rename, tries } = failing('EPERM', 'EACCES', 'EBUSY')
    await renameOver('a', 'b', { platform: 'win32', clock: quickClock, rename })
    expect(tries()).toBe(4)
  })

  test('is tried as often where a single try takes a second', async () => {
    let now = 0
    const clock = { ...quickClock, now: () => (now += 1_000) }
    const { rename, tries } = failing('EBUSY', 'EBUSY', 'EBUSY')
    await renameOver('a', 'b', { platform: 'win32', clock, rename })
    expect(tries()).toBe(4)
  })

  test('is given up after a second of waiting', async () => {
    const clock = new FakeClock(0)
    const { rename, tries } = failing(...Array.from({ length: 1000 }, () => 'EBUSY'))
    const renaming = renameOver('a', 'b', { platform: 'win32', clock, rename })
    for (let passed = 0; passed < 1_000; passed += 20) {
      await clock.untilWaitingFor(20)
      clock.advance(20)
    }
    await expect(renaming).rejects.toThrow('EBUSY')
    expect(tries()).toBe(51)
  })

  test.each([
    ['win32', 'ENOENT'],
    ['linux', 'EPERM'],
    ['darwin', 'EACCES'],
  ] as const)('is refused at once where waiting does not help (%s, %s)', async (platform, code) => {
    const { rename, tries } = failing(code)
    await expect(renameOver('a', 'b', { platform, clock: new FakeClock(0), rename })).rejects.toThrow(code)
    expect(tries()).toBe(1)
  })
})

test('a file that others read again and again is replaced all the same, and no draft is left', async () => {
  const file = path.join(dir(), 'state.json')
  await replaceFile(file, '0')
  let isOver = false
  const read = async (): Promise<void> => {
    while (!isOver) {
      const begun = performance.now()
      const handle = await open(file, 'r').catch(() => null)
      await handle?.readFile().catch(() => null)
      await handle?.close()
      // Readers look now and then; two that never close it would keep Windows from replacing it for good.
      await new Promise((resolve) => setTimeout(resolve, 4 * (performance.now() - begun)))
    }
  }
  const readers = [read(), read()]
  for (let round = 1; round <= 50; round++) await replaceFile(file, String(round))
  isOver = true
  await Promise.all(readers)
  expect(await readFile(file, 'utf8')).toBe('50')
  expect(await readdir(dir())).toEqual(['state.json'])
})
