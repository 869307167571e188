import { closeSync, openSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inputErrors, loginFailure } from '../../../tests/support/failure.ts'
import { FakeTerminal } from '../../../tests/support/fake-terminal.ts'
import { descriptorExample, passphrasesOf, readPassphrase, takePassphraseOption } from './passphrases.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tokentray-test-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

async function descriptorOf(text: string | Uint8Array): Promise<number> {
  const file = path.join(dir, 'passphrase')
  await writeFile(file, text)
  // Its reader closes it.
  return openSync(file, 'r')
}

describe('among the arguments', () => {
  test.each([
    [['login', '--passphrase-fd', '3', 'main'], ['login', 'main'], 3],
    [['--passphrase-fd=0', 'login'], ['login'], 0],
    [['login', 'main'], ['login', 'main'], null],
    [
      ['exec', 'main', '--', 'x', '--passphrase-fd', '3'],
      ['exec', 'main', '--', 'x', '--passphrase-fd', '3'],
      null,
    ],
    [
      ['exec', 'main', '--', 'x', '--passphrase', 'y'],
      ['exec', 'main', '--', 'x', '--passphrase', 'y'],
      null,
    ],
  ])('%j leaves %j and the descriptor %j', (given, args, fd) => {
    expect(takePassphraseOption(given)).toEqual({ args, fd })
  })

  test.each([['--passphrase', 'hunter2'], ['--passphrase=hunter2']])(
    'a passphrase (%s) is refused and not repeated',
    async (...words) => {
      const errors = await inputErrors(() => takePassphraseOption(['login', ...words]))
      expect(errors['passphrase']).toContain('other programs can see')
      expect(JSON.stringify(errors)).not.toContain('hunter2')
    },
  )

  test.each([[[]], [['three']], [['-1']], [['']]])('a descriptor must be a number, not %j', async (value) => {
    const errors = await inputErrors(() => takePassphraseOption(['login', '--passphrase-fd', ...value]))
    expect(errors['passphrase-fd']).toContain('wants the number')
  })
})

describe('a passphrase', () => {
  test('that is no UTF-8 text is refused, and not guessed', async () => {
    const fd = await descriptorOf(Buffer.from('six w\xf6rds', 'latin1'))
    const errors = await inputErrors(() => readPassphrase('passphrase-fd', fd, new AbortController().signal))
    expect(errors['passphrase-fd']).toMatch(/is not UTF-8.*save it as UTF-8/)
    expect(JSON.stringify(errors)).not.toMatch(/six/)
  })

  test.each(['six words', 'six words\n', 'six words\r\n'])(
    'is read to the end of its line: %j',
    async (text) => {
      const io = new FakeTerminal(false)
      const { get, given } = passphrasesOf(io, await descriptorOf(text))
      expect((await get())?.reveal()).toBe('six words')
      // Once more from memory: a pipe can be read once.
      expect((await given())?.reveal()).toBe('six words')
    },
  )

  test('longer than anybody’s is refused', async () => {
    const fd = await descriptorOf('x'.repeat(5_000))
    expect(
      await inputErrors(() => readPassphrase('passphrase-fd', fd, new AbortController().signal)),
    ).toHaveProperty('passphrase')
  })

  test('can’t be read from a descriptor that is not open', async () => {
    const errors = await inputErrors(() => readPassphrase('passphrase-fd', 987, new AbortController().signal))
    expect(errors['passphrase-fd']).toContain('EBADF')
  })

  test('is not waited for after Ctrl-C', async () => {
    const io = new FakeTerminal(false)
    io.interrupt()
    const fd = await descriptorOf('six words')
    expect((await loginFailure(readPassphrase('passphrase-fd', fd, io.signal))).kind).toBe('cancelled')
    // Nobody has begun to read it, and so nobody closes it.
    closeSync(fd)
  })

  test('is opened as the shells of the system can', () => {
    expect(descriptorExample('linux')).toBe('3< file')
    expect(descriptorExample('win32')).toBe('--passphrase-fd 0 < file')
  })

  test('is asked of a person, and of nobody where there is none or the terminal is taken', async () => {
    const io = new FakeTerminal(true)
    const passphrases = passphrasesOf(io, null)
    const asked = passphrases.get()
    await io.untilAsked()
    io.type('six words')
    expect((await asked)?.reveal()).toBe('six words')
    expect(await passphrases.given()).toBe(null)
    passphrases.stopAsking()
    expect(await passphrases.get()).toBe(null)
    expect(await passphrasesOf(new FakeTerminal(false), null).get()).toBe(null)
  })
})
