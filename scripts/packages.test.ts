import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packagesAreCurrent } from './packages.mjs'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokentray-packages-'))
  await mkdir(join(folder, 'node_modules'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

const A = { version: '1.0.0', integrity: 'sha512-a' }

async function write(file: string, packages: object): Promise<void> {
  await writeFile(join(folder, file), JSON.stringify({ packages }))
}

describe('whether npm ci is due', () => {
  it('is, while nothing or only half is installed', async () => {
    await write('package-lock.json', { '': {}, 'node_modules/a': A })
    expect(packagesAreCurrent(folder)).toBe(false)
    await writeFile(join(folder, 'node_modules', '.package-lock.json'), '{"pack')
    expect(packagesAreCurrent(folder)).toBe(false)
  })

  it('is not, when all that is asked for is there, but for other systems’ packages', async () => {
    await write('node_modules/.package-lock.json', { 'node_modules/a': A })
    await write('package-lock.json', {
      '': {},
      'node_modules/a': A,
      'node_modules/mac': { ...A, optional: true },
    })
    expect(packagesAreCurrent(folder)).toBe(true)
  })

  it('is, when a version, its content or a package differs', async () => {
    await write('node_modules/.package-lock.json', { 'node_modules/a': A })
    for (const wanted of [
      { 'node_modules/a': { ...A, version: '1.0.1' } },
      { 'node_modules/a': { ...A, integrity: 'sha512-b' } },
      { 'node_modules/a': A, 'node_modules/b': A },
    ]) {
      await write('package-lock.json', wanted)
      expect(packagesAreCurrent(folder)).toBe(false)
    }
  })
})
