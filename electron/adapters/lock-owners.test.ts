import { constants } from 'node:fs'
import { access, readdir, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { folderPerTest } from '../../tests/support/hooks.ts'
import { heldFileOwners, ownersFor, PROOF } from './lock-owners.ts'

const dir = folderPerTest()

const EXCLUSIVE = 0x10000000

/** Opens files as Windows does: what is open exclusively can't be opened again, and a dead process has none open. */
class ExclusiveFiles {
  readonly #held = new Set<string>()

  readonly open = async (file: string, flags: number): Promise<{ close: () => Promise<void> }> => {
    if (this.#held.has(file)) throw Object.assign(new Error('busy'), { code: 'EBUSY' })
    if ((flags & constants.O_CREAT) !== 0) await writeFile(file, '')
    await access(file)
    if ((flags & EXCLUSIVE) === 0) return { close: () => Promise.resolve() }
    this.#held.add(file)
    return { close: () => Promise.resolve(void this.#held.delete(file)) }
  }

  allProcessesDie(): void {
    this.#held.clear()
  }
}

test('where no start is told, an owner lives for as long as its file can’t be opened', async () => {
  const files = new ExclusiveFiles()
  const owners = heldFileOwners(dir(), { exclusive: EXCLUSIVE, probe: 0 }, files.open)
  const killed = await owners.prove()
  const ended = await owners.prove()
  expect(await owners.lives(killed.text)).toBe(true)
  expect(await owners.lives(ended.text)).toBe(true)
  await ended.end()
  expect(await owners.lives(ended.text)).toBe(false)
  files.allProcessesDie()
  expect(await owners.lives(killed.text)).toBe(false)
})

test('a number alone proves nothing, not even that of a living process', async () => {
  const owners = heldFileOwners(dir(), { exclusive: EXCLUSIVE, probe: 0 }, new ExclusiveFiles().open)
  expect(await owners.lives(String(process.pid))).toBe(false)
  expect(await owners.lives(`${process.pid} .alive-../../etc`)).toBe(false)
})

test('a file that can’t be looked at is no proof of an end', async () => {
  const refuse = (): Promise<never> =>
    Promise.reject(Object.assign(new Error('no'), { code: 'EACCES', syscall: 'open' }))
  const owners = heldFileOwners(dir(), { exclusive: EXCLUSIVE, probe: 0 }, refuse)
  expect(await owners.lives('1 .alive-00000000-0000-4000-8000-000000000000')).toBe(true)
})

test('this very system knows its own processes from others', async () => {
  const owners = ownersFor(process.platform, dir())
  const { text, end } = await owners.prove()
  expect(text).toMatch(new RegExp(`^${process.pid} `))
  expect(await owners.lives(text)).toBe(true)
  expect(await owners.lives(String(process.pid))).toBe(false)
  expect(await owners.lives(`${process.pid} 1 another-boot`)).toBe(false)
  await end()
  expect((await readdir(dir())).filter((name) => name.startsWith(PROOF))).toEqual([])
})
