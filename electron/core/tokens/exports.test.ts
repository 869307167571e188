import { execFileSync } from 'node:child_process'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { hasProgram } from '../../../tests/support/has-program.ts'
import { madeUpBroker, madeUpTokens } from '../../../tests/support/made-up-broker.ts'
import { InputError } from '../errors.ts'
import { Secret } from '../secret.ts'
import { exportsOf, formatExports, type Exported } from './exports.ts'

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

  test.each(['plain', 'with space', 'p#ss #1', '$HOME ${HOME}', 'a"b', 'a=b=', 'ünï'])(
    'means %j to a reader of .env files',
    (value) => {
      expect(parseEnv(formatExports(exported(value), 'dotenv'))).toEqual({ TOKEN: value })
    },
  )

  test.each(["it's", 'a\\b', 'two\nlines'])('refuses to write %j where readers differ', (value) => {
    expect(() => formatExports(exported(value), 'dotenv')).toThrow(InputError)
  })
})
