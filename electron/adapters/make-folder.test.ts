import { mkdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { expectMode } from '../../tests/support/mode.ts'
import { folderPerTest } from '../../tests/support/hooks.ts'
import { makeFolder } from './make-folder.ts'

const dir = folderPerTest()

describe('a folder', () => {
  test('is made with those above it, for its owner alone', async () => {
    const folder = path.join(dir(), 'a', 'b', 'c')
    await makeFolder(folder)
    for (const made of [folder, path.join(dir(), 'a', 'b'), path.join(dir(), 'a')]) {
      expect((await stat(made)).isDirectory()).toBe(true)
      await expectMode(made, 0o700)
    }
  })

  test('that is there stays as it is', async () => {
    const folder = path.join(dir(), 'open')
    await mkdir(folder, { mode: 0o755 })
    await makeFolder(folder)
    await expectMode(folder, 0o755)
  })

  test('is made by several at once', async () => {
    // They meet at other moments each time.
    for (let time = 0; time < 50; time++) {
      const folder = path.join(dir(), String(time), 'a', 'b', 'c')
      await Promise.all(Array.from({ length: 20 }, () => makeFolder(folder)))
      expect((await stat(folder)).isDirectory()).toBe(true)
      await expectMode(folder, 0o700)
    }
  })

  test.each(['a file', path.join('a file', 'inside')])('is not made at or in a file: %s', async (place) => {
    await writeFile(path.join(dir(), 'a file'), '')
    await expect(makeFolder(path.join(dir(), place))).rejects.toThrow(/EEXIST|ENOTDIR/)
  })

  test.runIf(process.platform === 'linux').each(['/proc/tokentray', '/proc/tokentray/a/b', '/dev/fd/a'])(
    'is refused where the system takes none: %s',
    async (place) => {
      await expect(makeFolder(place)).rejects.toThrow('ENOENT')
    },
  )
})
