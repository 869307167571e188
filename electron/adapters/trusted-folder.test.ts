import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { folderPerTest } from '../../tests/support/hooks.ts'
import { emptyState } from '../core/state/state.ts'
import { systemClock } from './clock.ts'
import { LockFiles } from './lock-files.ts'
import { replaceFile } from './replace-file.ts'
import { StateFile } from './state-file.ts'
import { assertOwn, OpenToOthers } from './trusted-folder.ts'

const dir = folderPerTest()
const folder = (): string => path.join(dir(), 'own', 'home')
const state = (): string => path.join(folder(), 'state.json')
const isRoot = process.getuid?.() === 0
const hasModes = process.platform !== 'win32'
/** The user “nobody” of Linux. */
const NOBODY = 65_534

async function made(): Promise<void> {
  await mkdir(folder(), { recursive: true, mode: 0o700 })
  await writeFile(state(), JSON.stringify(emptyState), { mode: 0o600 })
}

const open = (): Promise<StateFile> =>
  StateFile.open(folder(), new LockFiles(path.join(folder(), 'locks'), systemClock), systemClock)

async function refusal(): Promise<string> {
  const error: unknown = await open().then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof OpenToOthers ? error.message : expect.unreachable(String(error))
}

/** Runs a program of Node as another user. */
const asNobody = (code: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, ['-e', code, ...args], { uid: NOBODY, gid: NOBODY, cwd: '/' })

describe.runIf(hasModes)('a state folder', () => {
  test.each([0o777, 0o1777, 0o770, 0o720, 0o702])(
    'of mode %o is refused, with the way to close it',
    async (mode) => {
      await made()
      await chmod(folder(), mode)
      expect(await refusal()).toMatch(
        /^Others on this computer may change the state folder .* Close it with: chmod 700 '/,
      )
      await chmod(folder(), 0o700)
      await open()
    },
  )

  test.each([0o700, 0o750, 0o755])('of mode %o will do', async (mode) => {
    await made()
    await chmod(folder(), mode)
    await open()
  })

  test('in a folder of others’ is refused, unless that is sticky', async () => {
    await made()
    await chmod(path.dirname(folder()), 0o777)
    expect(await refusal()).toMatch(/could put another state folder in the place.*chmod go-w '/)
    await chmod(path.dirname(folder()), 0o1777)
    await open()
  })

  test('that is a link to one’s own folder will do, and not where others may change the link', async () => {
    await made()
    const place = path.join(dir(), 'place')
    await mkdir(place)
    const link = path.join(place, 'link')
    await symlink(folder(), link)
    assertOwn(link)
    await chmod(place, 0o777)
    expect(() => {
      assertOwn(link)
    }).toThrow(/could put another state folder/)
  })

  test('of another user is refused, whatever its mode', async () => {
    await made()
    expect(() => {
      assertOwn(folder(), (process.getuid?.() ?? 0) + 1)
    }).toThrow(/belongs to another user/)
  })
})

describe.runIf(hasModes)('a state file', () => {
  test.each(['state.json', 'keychain.sealed'])('%s that is a link is not followed', async (name) => {
    await made()
    const target = path.join(dir(), 'target')
    await writeFile(target, JSON.stringify(emptyState), { mode: 0o600 })
    await rm(path.join(folder(), name), { force: true })
    await symlink(target, path.join(folder(), name))
    expect(await refusal()).toContain(`${name} is a link, which is not followed.`)
  })

  test.each([0o620, 0o606, 0o666])('of mode %o is refused, with the way to close it', async (mode) => {
    await made()
    await chmod(state(), mode)
    expect(await refusal()).toMatch(/may change .*state\.json \(mode 0\d+\)\. Close it with: chmod 600 '/)
  })

  test('M7, another way: that becomes a link while the app runs is not followed', async () => {
    await made()
    const file = await open()
    await rename(state(), `${state()}.real`)
    await symlink(`${state()}.real`, state())
    await expect(file.update((current) => ({ ...current, practicePorts: {} }))).rejects.toThrow('ELOOP')
  })
})

describe.runIf(hasModes)('a lock', () => {
  test('M7, another way: empties no file that a link leads to', async () => {
    await made()
    const victim = path.join(dir(), 'victim')
    await writeFile(victim, 'of the trader’s')
    const locks = path.join(folder(), 'locks')
    const release = await new LockFiles(locks, systemClock).acquireBriefly('state')
    const mine = path.join(locks, 'state.1')
    await rm(mine)
    await symlink(victim, mine)
    await expect(release()).rejects.toThrow('ELOOP')
    expect(await readFile(victim, 'utf8')).toBe('of the trader’s')
  })
})

describe.runIf(isRoot && hasModes)('a real second user', () => {
  test('M7: can’t have a file overwritten by a link in a draft’s place', async () => {
    await made()
    await chmod(dir(), 0o755)
    await chmod(path.dirname(folder()), 0o755)
    await chmod(folder(), 0o777)
    const victim = path.join(dir(), 'victim')
    await writeFile(victim, 'of the trader’s')
    const names = [`state.json.${process.pid}.tmp`, 'state.json.tmp']
    await asNobody(
      `const [folder, victim, ...names] = process.argv.slice(1)
       for (const name of names) require('fs').symlinkSync(victim, folder + '/' + name)`,
      ...[folder(), victim, ...names],
    )
    expect(await readdir(folder())).toEqual(expect.arrayContaining(names))
    await replaceFile(state(), 'new')
    expect(await readFile(victim, 'utf8')).toBe('of the trader’s')
    expect(await readFile(state(), 'utf8')).toBe('new')
    expect(await refusal()).toContain('chmod 700')
  })

  test('M7, another way: has no folder that anybody else uses', async () => {
    await made()
    await chown(folder(), NOBODY, NOBODY)
    expect(await refusal()).toMatch(
      /belongs to another user\. Choose a folder of your own with TOKENTRAY_HOME\.$/,
    )
  })

  test('M7, another way: owns no state file, and no folder above', async () => {
    await made()
    await chown(state(), NOBODY, NOBODY)
    expect(await refusal()).toMatch(/state\.json belongs to another user\. Take it with: sudo chown 0 '/)
    await chown(state(), 0, 0)
    await chown(path.dirname(folder()), NOBODY, NOBODY)
    expect(await refusal()).toMatch(/own belongs to another user, so that others could put/)
  })
})
