import { describe, expect, test } from 'vitest'
import { inputErrors } from '../../../../tests/support/failure.ts'
import { registry } from '../../brokers/registry.ts'
import { readEnvFile, valuesIn } from './preview.ts'

function kite() {
  const broker = registry.get('kite-connect')
  if (broker === undefined) throw new Error('kite-connect is gone')
  return broker
}

const read = (text: string) => valuesIn(readEnvFile(text, kite()))
const password = (right: string) => read(`KITE_USER_ID=AB1234\nKITE_PASSWORD=${right}\n`)['password']
/** Of a setting, which is read as python-dotenv does also where other readers differ. */
const setting = (right: string) => read(`KITE_USER_ID=AB1234\nKITE_API_KEY=${right}\n`)['api_key']

describe('a .env file', () => {
  test('gives the values under the names that traders use', () => {
    const text = [
      'KITE_API_KEY=key',
      'KITE_API_SECRET=secret',
      'KITE_USER_ID=AB1234',
      'KITE_PASSWORD=word',
      'KITE_TOTP_SECRET=JBSWY3DPEHPK3PXP',
      'DATABASE_URL=postgres://elsewhere',
    ].join('\n')
    expect(read(text)).toEqual({
      api_key: 'key',
      api_secret: 'secret',
      user_id: 'AB1234',
      password: 'word',
      totp_secret: 'JBSWY3DPEHPK3PXP',
    })
  })

  // Every expectation here is what python-dotenv, which the traders' own scripts use, makes of the same text.
  test.each([
    ['plain', 'word', 'word'],
    ['with spaces around it', '   word  ', 'word'],
    ['with spaces inside', 'two  words', 'two  words'],
    ['with a # inside', 'p#ss', 'p#ss'],
    ['that begins with a #', '#pass', '#pass'],
    ['with a comment behind it', 'word # comment', 'word'],
    ['with a comment behind a tab', 'word\t#comment', 'word'],
    ['with equals signs', 'a=b==', 'a=b=='],
    ['with quotes inside', `pa"ss'word`, `pa"ss'word`],
    ['with a dollar sign', 'pa$$word', 'pa$$word'],
    ['with a backslash', 'pa\\nss', 'pa\\nss'],
    ['beyond ASCII', 'pässwörd₹', 'pässwörd₹'],
    ['in single quotes', `' word # no comment '`, ' word # no comment '],
    ['in double quotes', `" word # no comment "`, ' word # no comment '],
    ['in quotes with a comment behind', `'word' # comment`, 'word'],
    ['in quotes with spaces before', `  "word"`, 'word'],
    ['in single quotes with an escaped one', `'it\\'s'`, `it's`],
    ['in single quotes with a backslash', `'a\\nb\\\\c'`, 'a\\nb\\c'],
    ['in double quotes with escaped ones', `"say \\"hi\\" \\\\ \\'"`, `say "hi" \\ '`],
    ['in double quotes with a tab', `"a\\tb"`, 'a\tb'],
    ['in double quotes with a backslash before another letter', `"pa\\dss\\$\\#"`, 'pa\\dss\\$\\#'],
  ])('reads a value %s', (_how, right, value) => {
    expect(setting(right)).toBe(value)
  })

  test('reads an empty value as none', () => {
    for (const right of ['', '  ', `''`, `""`, '  # comment']) expect(password(right)).toBe(undefined)
  })

  test('may have “export”, spaces, comments, empty lines and names of others', () => {
    const text = `# mine\n\n  export KITE_USER_ID = AB1234\n#KITE_PASSWORD=old\nnot an assignment\nMY_KITE_PASSWORD=x\n`
    expect(read(text)).toEqual({ user_id: 'AB1234' })
  })

  test.each(['\n', '\r\n', '\r'])('may end its lines with %j and begin with a byte order mark', (end) => {
    expect(read(`\uFEFFKITE_USER_ID=AB1234${end}KITE_PASSWORD=word${end}`)).toEqual({
      user_id: 'AB1234',
      password: 'word',
    })
  })

  test('gives the last of several values', () => {
    expect(read('KITE_USER_ID=AB1234\nKITE_USER_ID=CD5678')).toEqual({ user_id: 'CD5678' })
  })

  test('may hold a value of several lines that is not ours', () => {
    const text = 'CERT="-----BEGIN\nKITE_PASSWORD=inside\n-----END"\nKITE_USER_ID=AB1234\n'
    expect(read(text)).toEqual({ user_id: 'AB1234' })
  })

  test.each([`"no end`, `'no end`, `"wrong end'`])(
    'with a quote that is never closed is refused by its line, never by its content: %j',
    async (right) => {
      const errors = await inputErrors(() => password(right))
      expect(errors['env-file']).toContain('line 2')
      expect(errors['env-file']).toContain('quote')
      expect(JSON.stringify(errors)).not.toMatch(/no end|wrong end/)
    },
  )

  test('without any of the broker’s names is refused, and they are told', async () => {
    const errors = await inputErrors(() => read('ANGEL_PASSWORD=hidden\nOTHER=1'))
    expect(errors['env-file']).toContain('KITE_USER_ID')
    expect(errors['env-file']).not.toContain('hidden')
    expect(errors['env-file']).toContain('It has ANGEL_PASSWORD (did you mean KITE_PASSWORD?), OTHER')
    expect(await inputErrors(() => read(''))).toHaveProperty(['env-file'])
  })
})
