import { chmod, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { expectMode } from '../../tests/support/mode.ts'
import { Child } from '../../tests/support/child.ts'
import { quickClock } from '../../tests/support/children/quick-clock.ts'
import { inputErrors, loginFailure } from '../../tests/support/failure.ts'
import { folderPerTest, programForAll } from '../../tests/support/hooks.ts'
import { Random } from '../../tests/support/random.ts'
import { Secret } from '../core/secret.ts'
import { LockFiles } from './lock-files.ts'
import { LockHeld } from './lock-held.ts'
import { SealedKeychain, type AskPassphrase } from './sealed-keychain.ts'

// Processes are started here, and a busy machine may take its time over them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const PASSPHRASE = 'six words of a dice are enough'
const cost = { N: 16, r: 8, p: 1 }

/** The keys that were derived in the current test. */
const keys: Buffer[] = []
vi.mock(import('./sealed-format.ts'), async (load) => {
  const format = await load()
  const deriveKey: typeof format.deriveKey = async (...args) => {
    const key = await format.deriveKey(...args)
    keys.push(key)
    return key
  }
  return { ...format, deriveKey }
})
beforeEach(() => {
  keys.length = 0
})

const program = programForAll('sealed-writer')

const dir = folderPerTest()

const file = (): string => path.join(dir(), 'keychain.sealed')
const drafts = async (): Promise<string[]> => (await readdir(dir())).filter((name) => name.endsWith('.tmp'))

function asking(...answers: (string | null)[]): { ask: AskPassphrase; asked: () => number } {
  let asked = 0
  const ask = (): Promise<Secret | null> => {
    const answer = answers[asked++]
    if (answer === undefined) throw new Error('asked too often')
    return Promise.resolve(answer === null ? null : new Secret(answer))
  }
  return { ask, asked: () => asked }
}

const open = (ask: AskPassphrase = asking(PASSPHRASE).ask): SealedKeychain =>
  new SealedKeychain({ file: file(), locks: new LockFiles(path.join(dir(), 'locks'), quickClock), ask, cost })

async function made(): Promise<SealedKeychain> {
  const keychain = open(asking().ask)
  await keychain.create(new Secret(PASSPHRASE))
  return keychain
}

const valueOf = async (keychain: SealedKeychain, key: string): Promise<string | undefined> =>
  (await keychain.get(key))?.reveal()

test('L7: the keys of files that were replaced are overwritten in memory', async () => {
  const keychain = await made()
  for (const value of ['one', 'two']) await keychain.set('kite/password', new Secret(value))
  expect(keys).toHaveLength(3)
  const isWiped = keys.map((key) => key.every((byte) => byte === 0))
  expect(isWiped).toEqual([true, true, false])
})

describe('a sealed keychain', () => {
  test('gives back what was stored until it is deleted, to the next process too', async () => {
    const keychain = await made()
    await keychain.set('main/password', new Secret('pässwörd ₹'))
    await keychain.check()
    expect(await valueOf(open(), 'main/password')).toBe('pässwörd ₹')
    await keychain.delete('main/password')
    await keychain.delete('main/password')
    expect(await keychain.get('main/password')).toBe(null)
    expect(await open().get('main/password')).toBe(null)
  })

  test('that another process does not free is called in use, and nothing waits for it without end', async () => {
    const locks = { acquireBriefly: () => Promise.reject(new LockHeld('/home/asha/keychain.3', '4711 1')) }
    const keychain = new SealedKeychain({ file: file(), locks, ask: asking(PASSPHRASE).ask, cost })
    const error = await loginFailure(keychain.set('main/password', new Secret('SECRETISH')))
    expect(error.kind).toBe('keychain-locked')
    expect(error.message).toMatch(/in use: .*keychain\.3 .*process 4711/)
  })

  test('is for its owner’s eyes only, also after somebody had opened it to others', async () => {
    const keychain = await made()
    await expectMode(file(), 0o600)
    await chmod(file(), 0o644)
    await writeFile(`${file()}.${process.pid}.tmp`, 'left by a process of this number', { mode: 0o644 })
    await keychain.set('a', new Secret('b'))
    await expectMode(file(), 0o600)
    expect(await drafts()).toEqual([])
  })

  test('is not made twice', async () => {
    await made()
    const before = await readFile(file(), 'utf8')
    const errors = await inputErrors(() => open().create(new Secret('another passphrase')))
    expect(errors['sealed-file']).toContain('there already')
    expect(await readFile(file(), 'utf8')).toBe(before)
  })

  test('asks for its passphrase once, however many want something of it at a time', async () => {
    await (await made()).set('a', new Secret('b'))
    const { ask, asked } = asking(PASSPHRASE)
    const keychain = open(ask)
    const values = await Promise.all(['a', 'a', 'a'].map((key) => valueOf(keychain, key)))
    await keychain.set('c', new Secret('d'))
    expect(values).toEqual(['b', 'b', 'b'])
    expect(asked()).toBe(1)
  })

  test('writes what comes at a time in few files', async () => {
    const keychain = await made()
    const before = (await stat(file())).ino
    const inodes = new Set<number>([before])
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        await keychain.set(`key ${index}`, new Secret(String(index)))
        inodes.add((await stat(file())).ino)
      }),
    )
    expect(await valueOf(open(), 'key 39')).toBe('39')
    expect(inodes.size).toBeLessThanOrEqual(3)
  })

  test('is locked for a wrong passphrase, and asks again', async () => {
    await (await made()).set('a', new Secret('b'))
    const keychain = open(asking('another passphrase', PASSPHRASE).ask)
    const error = await loginFailure(keychain.get('a'))
    expect([error.kind, error.message]).toEqual([
      'keychain-locked',
      'This passphrase does not open the sealed keychain.',
    ])
    expect(await valueOf(keychain, 'a')).toBe('b')
  })

  test('is not written to with a wrong passphrase', async () => {
    await made()
    const before = await readFile(file(), 'utf8')
    const error = await loginFailure(open(asking('another passphrase').ask).set('a', new Secret('b')))
    expect(error.kind).toBe('keychain-locked')
    expect(await readFile(file(), 'utf8')).toBe(before)
  })

  test('without anybody to ask says how a passphrase is given', async () => {
    await made()
    const error = await loginFailure(open(asking(null).ask).check())
    expect(error.kind).toBe('keychain-locked')
    expect(error.next).toContain('--passphrase-fd')
    expect(error.next).toContain('tokentray-passphrase')
  })

  test('opens with a new passphrase after a change, and no longer with the old', async () => {
    const keychain = await made()
    await keychain.set('a', new Secret('b'))
    const other = open()
    await other.check()
    await keychain.changePassphrase(new Secret('another passphrase'))
    expect(await valueOf(keychain, 'a')).toBe('b')
    expect(await valueOf(open(asking('another passphrase').ask), 'a')).toBe('b')
    expect((await loginFailure(open().get('a'))).kind).toBe('keychain-locked')
    // A process that had it open is told what happened, and its user is not asked out of the blue.
    expect((await loginFailure(other.get('a'))).message).toContain('was changed since')
  })
})

describe('a sealed keychain that can’t be used', () => {
  const damages: [string, () => Promise<void>][] = [
    ['emptied', () => truncate(file(), 0)],
    ['cut short', () => truncate(file(), 200)],
    ['garbage', () => writeFile(file(), '\0\u0001')],
    ['changed', async () => writeFile(file(), (await readFile(file(), 'utf8')).replace('"p":1', '"p":2'))],
  ]
  test.each(damages)('(%s) says that it is damaged and leaves it as it is', async (_how, damage) => {
    const keychain = await made()
    await damage()
    const before = await readFile(file(), 'utf8')
    for (const action of [
      keychain.get('a'),
      keychain.check(),
      keychain.set('a', new Secret('b')),
      open().check(),
    ]) {
      const error = await loginFailure(action)
      expect([error.kind, error.message]).toEqual(['keychain-missing', expect.stringContaining('is damaged')])
      expect(error.next).toContain('backup')
    }
    expect(await readFile(file(), 'utf8')).toBe(before)
  })

  test('says why: gone, or not a file', async () => {
    const keychain = await made()
    await rm(file())
    expect((await loginFailure(keychain.get('a'))).message).toContain('ENOENT')
    await mkdir(file())
    const error = await loginFailure(keychain.set('a', new Secret('b')))
    expect([error.kind, error.message]).toEqual(['keychain-missing', expect.stringContaining('EISDIR')])
  })
})

describe('with another process', () => {
  test('no item of either is lost', async () => {
    const keychain = await made()
    const child = new Child(program(), [dir(), PASSPHRASE, 'child', '15'])
    expect(await child.line()).toBe('1')
    for (let time = 1; time <= 15; time++) await keychain.set(`own/${time}`, new Secret(`value ${time}`))
    expect(await child.ended).toBe(0)
    for (let time = 1; time <= 15; time++) {
      expect(await valueOf(keychain, `own/${time}`)).toBe(`value ${time}`)
      expect(await valueOf(keychain, `child/${time}`)).toContain(`value ${time} `)
    }
  })

  test('whenever it is killed, the file stays whole and keeps all that was reported', async () => {
    const random = new Random(7)
    await made()
    for (let round = 0; round < 8; round++) {
      const child = new Child(program(), [dir(), PASSPHRASE, `round ${round}`, '1000000'])
      let last = 0
      for (let lines = random.between(1, 6); lines > 0; lines--) last = Number(await child.line())
      await child.crash()
      const keychain = open()
      for (let time = 1; time <= last; time++)
        expect(await valueOf(keychain, `round ${round}/${time}`)).toContain(`value ${time} `)
      await keychain.set('after', new Secret(String(round)))
      expect(await drafts()).toEqual([])
    }
  })
})
