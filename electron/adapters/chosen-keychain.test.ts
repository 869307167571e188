import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryDir } from '../../tests/support/child.ts'
import { quickClock } from '../../tests/support/children/quick-clock.ts'
import { loginFailure } from '../../tests/support/failure.ts'
import { Secret } from '../core/secret.ts'
import { ChosenKeychain } from './chosen-keychain.ts'
import { LockFiles } from './lock-files.ts'
import { MemoryKeychain } from './memory-keychain.ts'

async function keychains(): Promise<{ chosen: ChosenKeychain; system: MemoryKeychain }> {
  const { dir, remove } = await temporaryDir()
  onTestFinished(remove)
  const system = new MemoryKeychain()
  const locks = new LockFiles(path.join(dir, 'locks'), quickClock)
  const chosen = new ChosenKeychain(
    { dir, keychainService: 'test' },
    locks,
    () => Promise.resolve(null),
    system,
  )
  return { chosen, system }
}

test('the system’s keychain is used until a sealed one is made, and the sealed one from then on', async () => {
  const { chosen, system } = await keychains()
  await chosen.set('a', new Secret('in the system'))
  expect(await chosen.kind()).toBe('system')
  await (await chosen.sealed()).create(new Secret('six words of a dice are enough'))
  expect(await chosen.kind()).toBe('sealed-file')
  expect(await chosen.get('a')).toBe(null)
  await chosen.set('a', new Secret('in the file'))
  expect((await chosen.get('a'))?.reveal()).toBe('in the file')
  // Nothing was moved, and nothing was taken away.
  expect((await system.get('a'))?.reveal()).toBe('in the system')
  await rm(chosen.file)
  expect((await chosen.get('a'))?.reveal()).toBe('in the system')
})

test('a damaged sealed keychain is not passed over for the system’s', async () => {
  const { chosen } = await keychains()
  await writeFile(chosen.file, '')
  expect((await loginFailure(chosen.get('a'))).message).toContain('damaged')
})
