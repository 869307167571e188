import { execFileSync } from 'node:child_process'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { madeUpBroker, madeUpTokens } from '../../../tests/support/made-up-broker.ts'
import { inputErrors } from '../../../tests/support/failure.ts'
import { hasProgram } from '../../../tests/support/has-program.ts'
import { InputError } from '../errors.ts'
import { Secret } from '../secret.ts'
import { exportsOf, formatExports, misreaders, type Exported } from './exports.ts'

const broker = { ...madeUpBroker(), exports: { app_id: 'APP_ID', first: 'FIRST', second: 'SECOND' } }
const exported = (value: string): Exported[] => [{ field: 'access_token', env: 'TOKEN', value }]

describe('what a script needs', () => {
  test('is every field that the broker names, of the bundle and of the settings', () => {
    const account = { settings: { app_id: 'my app', user_id: 'AB1234' } }
    expect(exportsOf(broker, account, madeUpTokens)).toEqual([
      { field: 'app_id', env: 'APP_ID', value: 'my app' },
      { field: 'first', env: 'FIRST', value: 'token one' },
      { field: 'second', env: 'SECOND', value: 'token two' },
    ])
  })

  test('leaves out what an account has not', () => {
    const bundle = { first: new Secret('one') }
    expect(exportsOf(broker, { settings: {} }, bundle).map(({ env }) => env)).toEqual(['FIRST'])
  })
})

describe('the bundle as text', () => {
  test('is JSON by the broker’s own names', () => {
    expect(JSON.parse(formatExports(exported('a"b'), 'json'))).toEqual({ access_token: 'a"b' })
  })

  test
    .runIf(hasProgram('sh'))
    .each(['plain', 'with space', "it's", '$HOME `id` $(id)', 'a"b\\c', '#1', 'ünï'])(
    'means %j to a shell that evaluates it',
    (value) => {
      const script = `${formatExports(exported(value), 'env')}\nprintf %s "$TOKEN"`
      expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(value)
    },
  )

  test.each([
    ['plain', `$env:TOKEN = 'plain'`],
    ['$HOME `id` $(id) "', `$env:TOKEN = '$HOME \`id\` $(id) "'`],
    ["it's", `$env:TOKEN = 'it''s'`],
    // Quotes of print end PowerShell's strings as well.
    ['‘a’ ‚b‛', `$env:TOKEN = '‘‘a’’ ‚‚b‛‛'`],
    ['two\nlines', `$env:TOKEN = 'two\nlines'`],
  ])('means %j to PowerShell', (value, text) => {
    expect(formatExports(exported(value), 'powershell')).toBe(text)
  })

  test.each([
    ['plain', 'set "TOKEN=plain"'],
    ["a&calc ^ <x> | it's", `set "TOKEN=a&calc ^ <x> | it's"`],
  ])('means %j to Windows’ cmd', (value, text) => {
    expect(formatExports(exported(value), 'cmd')).toBe(text)
  })

  test.each(['a"&calc&"', '%PATH%', 'wow!', 'two\nlines'])('refuses to write %j for cmd', (value) => {
    expect(() => formatExports(exported(value), 'cmd')).toThrow(InputError)
  })

  test.each(['plain', 'with space', 'p#ss #1', '$HOME', 'a"b', 'a`b', 'a=b=', 'ünï', ''])(
    'means %j to a reader of .env files',
    (value) => {
      expect(parseEnv(`${formatExports(exported(value), 'dotenv')}\n`)).toEqual({ TOKEN: value })
    },
  )

  test.each(["it's", 'a\\b', 'two\nlines', 'a${HOME}b', '${A:-b}', '$ ${x'])(
    'refuses to write %j where readers differ',
    (value) => {
      expect(() => formatExports(exported(value), 'dotenv')).toThrow(InputError)
    },
  )

  test('names the reader that would take another value', async () => {
    const refusal = async (value: string) => inputErrors(() => formatExports(exported(value), 'dotenv'))
    expect((await refusal('a${HOME}b'))['format']).toMatch(/python-dotenv/)
    expect((await refusal("it's"))['format']).toMatch(/npm’s dotenv/)
    expect((await refusal('two\nlines'))['format']).toMatch(/docker and systemd/)
  })

  /** What brokers' tokens are made of. */
  const tokens = ['abc123', 'a.b-c_d/e+f==', 'eyJ0eXAi.eyJzdWIi.x-y_z', 'KEY:token', 'https://host/path']

  test.each(tokens)('has no quotes around %j, which docker, make and others would keep', (value) => {
    expect(formatExports(exported(value), 'dotenv')).toBe(`TOKEN=${value}`)
    expect(misreaders(exported(value), 'dotenv')).toBe(null)
  })

  test.runIf(hasProgram('sh')).each(tokens)(
    'has %j in such a way that a shell’s export takes it',
    (value) => {
      const line = formatExports(exported(value), 'dotenv')
      const script = `export $(echo '${line}'); printf %s "$TOKEN"`
      expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(value)
    },
  )

  test.each(['with space', 'p#ss', '$HOME'])('has quotes around %j, and says who misreads them', (value) => {
    expect(formatExports(exported(value), 'dotenv')).toBe(`TOKEN='${value}'`)
    expect(misreaders(exported(value), 'dotenv')).toMatch(
      /docker --env-file, make .* around TOKEN .*--format docker/,
    )
    expect(misreaders(exported(value), 'env')).toBe(null)
  })

  test.each([...tokens, 'with space', "it's", 'a"b\\c', '#1', '${HOME}'])(
    'is %j as it is for docker',
    (value) => {
      expect(formatExports(exported(value), 'docker')).toBe(`TOKEN=${value}`)
    },
  )

  test('is nothing of several lines for docker', () => {
    for (const end of ['\n', '\r'])
      expect(() => formatExports(exported(`a${end}b`), 'docker')).toThrow(InputError)
  })

  test('escapes for fish what fish reads within single quotes', () => {
    expect(formatExports(exported(String.raw`it's a\\b $HOME`), 'fish')).toBe(
      String.raw`set -gx TOKEN 'it\'s a\\\\b $HOME'`,
    )
  })

  test
    .skipIf(!hasProgram('fish'))
    .each(['plain', 'with space', "it's", String.raw`a\\b`, 'a\\', '$HOME (id)', 'a\nb'])(
    'means %j to fish',
    (value) => {
      const script = `${formatExports(exported(value), 'fish')}\nprintf %s $TOKEN`
      expect(execFileSync('fish', ['--no-config', '-c', script], { encoding: 'utf8' })).toBe(value)
    },
  )
})
