import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { inputErrors } from '../../../tests/support/failure.ts'
import type { Exported } from './exports.ts'
import { updateLines } from './update-lines.ts'

const exported: Exported[] = [
  { field: 'api_key', env: 'KITE_API_KEY', value: 'key' },
  { field: 'access_token', env: 'KITE_ACCESS_TOKEN', value: 'new/token==' },
]
const update = (old: string, format: 'env' | 'dotenv' | 'fish' | 'docker' = 'dotenv') =>
  updateLines(old, exported, format)

describe('a .env file that is the trader’s own', () => {
  test('gets the new values in their places, and keeps everything else', () => {
    const old = `# mine
KITE_API_KEY=key
KITE_PASSWORD='pre#cious'   # keep

export KITE_ACCESS_TOKEN="old"  # auto-populated after first login
  MY_OTHER = 1
not an assignment
CERT="-----BEGIN
KITE_ACCESS_TOKEN=inside
-----END"
`
    expect(update(old)).toBe(old.replace('"old"', 'new/token=='))
  })

  test('gets at its end what it does not have', () => {
    expect(update('KITE_PASSWORD=precious\nMY_OTHER=1')).toBe(
      'KITE_PASSWORD=precious\nMY_OTHER=1\nKITE_API_KEY=key\nKITE_ACCESS_TOKEN=new/token==\n',
    )
    expect(update('')).toBe('KITE_API_KEY=key\nKITE_ACCESS_TOKEN=new/token==\n')
    expect(update('A=1\r\n')).toBe('A=1\r\nKITE_API_KEY=key\r\nKITE_ACCESS_TOKEN=new/token==\r\n')
  })

  test.each([
    ['KITE_ACCESS_TOKEN=', 'KITE_ACCESS_TOKEN=new/token=='],
    ['KITE_ACCESS_TOKEN=  # auto-populated', 'KITE_ACCESS_TOKEN=new/token== # auto-populated'],
    ['KITE_ACCESS_TOKEN = old', 'KITE_ACCESS_TOKEN = new/token=='],
    ["KITE_ACCESS_TOKEN='two\nlines'", 'KITE_ACCESS_TOKEN=new/token=='],
    [
      'KITE_ACCESS_TOKEN=a\nKITE_ACCESS_TOKEN=b',
      'KITE_ACCESS_TOKEN=new/token==\nKITE_ACCESS_TOKEN=new/token==',
    ],
  ])('has %j replaced', (old, updated) => {
    expect(update(`${old}\nB=1\nKITE_API_KEY=key\n`)).toBe(`${updated}\nB=1\nKITE_API_KEY=key\n`)
  })

  test('is the same when it is updated once more, and reads as it should', () => {
    const once = update('A=1\nKITE_ACCESS_TOKEN= # mine\n')
    expect(update(once)).toBe(once)
    expect(parseEnv(once)).toEqual({ A: '1', KITE_API_KEY: 'key', KITE_ACCESS_TOKEN: 'new/token==' })
  })

  test('is left alone where a line of ours has something else on it', async () => {
    const errors = await inputErrors(() => update('A=1\nKITE_ACCESS_TOKEN=old KITE_PASSWORD=precious'))
    expect(errors['out']).toMatch(/^can’t be updated: on line 2 .*--replace$/)
    expect(errors['out']).not.toContain('precious')
  })
})

describe('files of other kinds', () => {
  test('are updated line by line in their own form', () => {
    expect(update(`set -e\n  export KITE_ACCESS_TOKEN='old' # mine\nrun\n`, 'env')).toBe(
      `set -e\n  export KITE_ACCESS_TOKEN='new/token==' # mine\nrun\nexport KITE_API_KEY='key'\n`,
    )
    expect(update(`set -gx KITE_ACCESS_TOKEN 'old'\n`, 'fish')).toBe(
      `set -gx KITE_ACCESS_TOKEN 'new/token=='\nset -gx KITE_API_KEY 'key'\n`,
    )
    expect(update("# c\nKITE_ACCESS_TOKEN=old # all of it is the value\nX='y'\n", 'docker')).toBe(
      `# c\nKITE_ACCESS_TOKEN=new/token==\nX='y'\nKITE_API_KEY=key\n`,
    )
  })

  test('are left alone where a line of ours has something else on it', async () => {
    for (const line of [`export KITE_ACCESS_TOKEN=a; export B=2`, `export KITE_ACCESS_TOKEN=$(cat x)`]) {
      expect(await inputErrors(() => update(line, 'env'))).toHaveProperty(['out'])
    }
  })
})
