import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { INSTALL, packagesAreCurrent } from './packages.mjs'
import { npmCli } from './processes.mjs'

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

/** Runs npm in the folder and returns its exit code and its stderr. */
function npm(args: readonly string[]): { status: number | null; stderr: string } {
  const cli = npmCli(process.env, process.platform, process.execPath, existsSync)
  const [command, first] = cli === undefined ? ['npm', []] : [process.execPath, [cli]]
  return spawnSync(command, [...first, ...args, '--offline'], { cwd: folder, encoding: 'utf8' })
}

describe('what is seen of npm ci', () => {
  beforeEach(async () => {
    await mkdir(join(folder, 'a'))
    await writeFile(
      join(folder, 'a', 'package.json'),
      JSON.stringify({ name: 'a', version: '1.0.0', engines: { node: '>=999' } }),
    )
    expect(npm(['pack', './a']).status).toBe(0)
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'b', version: '1.0.0', dependencies: { a: 'file:a-1.0.0.tgz' } }),
    )
    expect(npm(['install', '--package-lock-only', '--loglevel=warn']).stderr).toContain('EBADENGINE')
  })

  it('is nothing, when a package asks for a Node that is not this one', () => {
    expect(npm(INSTALL)).toMatchObject({ status: 0, stderr: '' })
  })

  it('is the reason, when a package is not the one that was locked', async () => {
    const lock = join(folder, 'package-lock.json')
    await writeFile(
      lock,
      (await readFile(lock, 'utf8')).replace(/sha512-[^"]+/, `sha512-${'A'.repeat(86)}==`),
    )
    const { status, stderr } = npm(INSTALL)
    expect(status).toBe(1)
    expect(stderr).toContain('EINTEGRITY')
  })
})
