import { describe, expect, test } from 'vitest'
import { inputErrors } from '../../../tests/support/failure.ts'
import { registry } from '../brokers/registry.ts'
import { checkName } from '../state/account-name.ts'
import { checkInput } from './validate.ts'

function kite() {
  const broker = registry.get('kite-connect')
  if (broker === undefined) throw new Error('kite-connect is gone')
  return broker
}

const values = {
  api_key: 'key',
  api_secret: 'an api secret',
  user_id: 'AB1234',
  password: 'a password',
  totp_secret: 'JBSWY3DPEHPK3PXP',
}
const check = (
  given: Readonly<Record<string, string>>,
  endpoints: Readonly<Record<string, string>> = {},
  stored: readonly string[] = [],
) => checkInput(kite(), { values: given, endpoints }, new Set(stored))

describe('an account’s input', () => {
  test('is parted into settings and secrets', () => {
    const { settings, secrets, endpoints } = check(values)
    expect(settings).toEqual({ api_key: 'key', user_id: 'AB1234' })
    expect(Object.keys(secrets).sort()).toEqual(['api_secret', 'password', 'totp_secret'])
    expect(secrets['password']?.reveal()).toBe('a password')
    expect(endpoints).toEqual({})
  })

  test('is brought to its stored form', () => {
    const { settings, secrets } = check({
      ...values,
      user_id: ' ab1234 ',
      api_key: '\tkey ',
      totp_secret: 'jbsw y3dp ehpk 3pxp',
    })
    expect(settings).toEqual({ api_key: 'key', user_id: 'AB1234' })
    expect(secrets['totp_secret']?.reveal()).toBe('JBSWY3DPEHPK3PXP')
  })

  test('keeps the spaces at the ends of a password, which are part of it', () => {
    expect(check({ ...values, password: ' a password ' }).secrets['password']?.reveal()).toBe(' a password ')
  })

  test('is refused with every wrong input named at once', async () => {
    const errors = await inputErrors(() =>
      check(
        { user_id: 'x', totp_secret: '123456', extra: 'y', api_key: 'k\ney' },
        { nowhere: 'https://a.example' },
      ),
    )
    expect(Object.keys(errors).sort()).toEqual([
      'api_key',
      'api_secret',
      'endpoint.nowhere',
      'extra',
      'password',
      'totp_secret',
      'user_id',
    ])
    expect(errors['api_secret']).toBe('is missing')
    expect(errors['user_id']).toContain('AB1234')
    expect(errors['endpoint.nowhere']).toContain('web, api')
  })

  test('may leave out what is stored already, and nothing else', async () => {
    expect(check({ password: 'new one' }, {}, Object.keys(values)).secrets['password']?.reveal()).toBe(
      'new one',
    )
    expect(check({ password: '   ' }, {}, Object.keys(values)).secrets).toEqual({})
    const errors = await inputErrors(() => check({ password: 'new one' }, {}, ['api_key', 'user_id']))
    expect(Object.keys(errors)).toEqual(['api_secret'])
  })

  test('may do without what is optional', () => {
    const { secrets } = check({ ...values, totp_secret: ' ' })
    expect(Object.keys(secrets).sort()).toEqual(['api_secret', 'password'])
  })

  test('holds no value beyond a thousand characters, and takes one that long', async () => {
    expect(check({ ...values, password: 'x'.repeat(1_000) }).secrets['password']?.reveal()).toHaveLength(
      1_000,
    )
    const errors = await inputErrors(() => check({ ...values, password: 'x'.repeat(1_001) }))
    expect(errors['password']).toContain('1000')
  })

  test.each(['two\nlines', 'two\rlines', 'a\0b'])('is one line per field: %j', async (password) => {
    expect(await inputErrors(() => check({ ...values, password }))).toHaveProperty('password')
  })

  test.each(['password', 'api_secret', 'totp_secret', 'api_key'])(
    'has no letter that was lost on its way here: %s',
    async (field) => {
      const typed = `p\uFFFDssw\uFFFDrd`
      const errors = await inputErrors(() => check({ ...values, [field]: typed }))
      expect(Object.keys(errors)).toEqual([field])
      expect(errors[field]).not.toContain('ssw')
    },
  )

  test('says of a lost letter what became of it, also in the password of a proxy', async () => {
    const lost = 'has “\uFFFD” in it, which stands for a letter that was lost on the way; type it again'
    const proxy_password = 'p\uFFFDss'
    const proxy = 'http://me@proxy.example:3128'
    const input = { values: { ...values, password: 'p\uFFFDss', proxy_password }, endpoints: {}, proxy }
    expect(await inputErrors(() => checkInput(kite(), input, new Set()))).toEqual({
      password: lost,
      proxy_password: lost,
    })
  })

  test('is never repeated in what is said about it', async () => {
    const hostile = {
      api_key: 'SECRETISH\n',
      api_secret: 'SECRETISH\nx',
      user_id: 'SECRETISH SECRETISH',
      password: 'SECRETISH\0',
      totp_secret: 'SECRETISH',
    }
    const errors = await inputErrors(() => check({ ...hostile, api_key: 'a\nSECRETISH' }))
    expect(Object.keys(errors)).toHaveLength(5)
    expect(JSON.stringify(errors)).not.toContain('SECRETISH')
  })
})

describe('an address', () => {
  test.each([
    ['https://kite.example', 'https://kite.example'],
    ['HTTPS://KITE.Example/', 'https://kite.example'],
    [' https://kite.example:8443 ', 'https://kite.example:8443'],
    ['http://127.0.0.1:40001', 'http://127.0.0.1:40001'],
    ['http://[::1]:40001/', 'http://[::1]:40001'],
  ])('%j is kept as %s', (typed, kept) => {
    expect(check(values, { web: typed }).endpoints).toEqual({ web: kept })
  })

  test.each([
    ['kite.example', /not an address/],
    ['http://kite.example', /https:\/\//],
    ['http://localhost:40001', /127\.0\.0\.1/],
    ['ftp://kite.example', /https:\/\//],
    ['https://user:word@kite.example', /user name or password/],
    ['https://kite.example/path', /without a path/],
    ['https://kite.example/?a=b', /without a path/],
    ['https://kite.example/#a', /without a path/],
  ])('%j is refused with a sentence', async (typed, sentence) => {
    const errors = await inputErrors(() => check(values, { api: typed }))
    expect(errors['endpoint.api']).toMatch(sentence)
  })

  test('left empty is the broker’s own', () => {
    expect(check(values, { web: ' ', api: '' }).endpoints).toEqual({})
  })
})

describe('an account’s name', () => {
  test.each(['a', '0', 'zerodha-main', 'a.b_c-9', 'x'.repeat(40)])('may be %s', (name) => {
    expect(() => checkName(name, [])).not.toThrow()
  })

  test.each(['', 'A', '-a', '.a', '..', 'a/b', 'a b', 'a\n', 'é', 'x'.repeat(41)])(
    'may not be %j',
    async (name) => {
      expect(await inputErrors(() => checkName(name, []))).toHaveProperty('name')
    },
  )

  test('is used once', async () => {
    expect((await inputErrors(() => checkName('main', ['other', 'main'])))['name']).toContain('in use')
  })
})
