import { describe, expect, test } from 'vitest'
import { inputErrors, loginFailure } from '../../../tests/support/failure.ts'
import { domain } from '../../../tests/support/harness.ts'
import { madeUpDomain } from '../../../tests/support/made-up-broker.ts'
import { withAttempts } from '../state/attempts.ts'
import { isForCodesAlone } from './codes-alone.ts'

const totp_secret = 'JBSWY3DPEHPK3PXP'
const login = { api_key: 'key', api_secret: 'an api secret', user_id: 'AB1234', password: 'a password' }

/** An account `codes` with a TOTP secret alone, and how to add others. */
async function withCodes(brokerId = 'kite-connect') {
  const parts = domain()
  const add = (name: string, values: Readonly<Record<string, string>>, acceptTerms = false) =>
    parts.accounts.add({ name, brokerId, values, endpoints: {}, acceptTerms })
  await add('codes', { totp_secret, password: ' ' })
  const change = (values: Readonly<Record<string, string>>, more = {}) =>
    parts.accounts.change('codes', { values, endpoints: {}, acceptTerms: false, ...more })
  return { ...parts, add, change }
}

describe('an account with a TOTP secret alone', () => {
  test.each(['kite-connect', 'kite-web'])(
    'shows its codes (%s), and nobody had to accept terms',
    async (id) => {
      const { account, codes } = await withCodes(id)
      expect((await codes.current('codes')).code).toMatch(/^\d{6}$/)
      expect(account('codes')).toMatchObject({ settings: {}, termsAcceptedAt: null })
      expect(Object.keys(account('codes').secretsSetAt)).toEqual(['totp_secret'])
    },
  )

  test.each([
    ['kite-connect', 'The API key of this account is not stored.'],
    ['kite-web', 'The User ID of this account is not stored.'],
  ])('can’t log in (%s): what is missing is said and nothing is sent', async (id, message) => {
    const { account, engine } = await withCodes(id)
    const error = await loginFailure(engine.login('codes'))
    expect(error).toMatchObject({
      kind: 'bad-credentials',
      message,
      next: expect.stringContaining('details'),
    })
    expect(account('codes').trace).toBe(null)
    expect(account('codes').spent).toEqual({ password: 0, code: 0 })
  })

  test('is not among those to be logged in to', async () => {
    const { accounts, add } = await withCodes()
    await add('kite', { ...login, totp_secret }, true)
    expect(accounts.namesWithLogin).toEqual(['kite'])
  })

  test('shares no attempts with another of its kind', async () => {
    const { account, accounts, add, store } = await withCodes()
    await add('more', { totp_secret })
    const spent = { password: 1, code: 2 }
    const { broker } = accounts.open('codes')
    await store.update((state) =>
      withAttempts(state, 'codes', broker, (before) => ({ ...before, spent, codesSent: [7] })),
    )
    expect(account('codes')).toMatchObject({ spent, codesSent: [7] })
    expect(account('more')).toMatchObject({ spent: { password: 0, code: 0 }, codesSent: [] })
    await add('later', { totp_secret })
    expect(account('later').codesSent).toEqual([])
  })

  test('takes another TOTP secret', async () => {
    const { change, codes } = await withCodes()
    const before = await codes.current('codes')
    await change({ totp_secret: 'GEZDGNBVGY3TQOJQ' })
    expect((await codes.current('codes')).code).not.toBe(before.code)
  })

  test('becomes one with a login when all the rest is given and the terms are accepted', async () => {
    const { account, change } = await withCodes()
    expect(await inputErrors(() => change({ user_id: 'AB1234' }))).toEqual({
      api_key: 'is missing',
      api_secret: 'is missing',
      password: 'is missing',
    })
    expect(await inputErrors(() => change(login))).toHaveProperty('terms')
    expect(account('codes').settings).toEqual({})
    await change(login, { acceptTerms: true })
    expect(account('codes').settings).toEqual({ api_key: 'key', user_id: 'AB1234' })
    expect(account('codes').termsAcceptedAt).not.toBe(null)
  })

  test('keeps its secret: without it there would be nothing', async () => {
    const { change, codes } = await withCodes()
    expect(await inputErrors(() => change({}, { forget: ['totp_secret'] }))).toHaveProperty('password')
    expect((await codes.current('codes')).code).toMatch(/^\d{6}$/)
  })

  test.each([
    ['nothing at all', {}],
    ['a user ID beside it', { totp_secret, user_id: 'AB1234' }],
    ['a password alone', { password: 'a password' }],
  ])('is not made by %s', async (_what, values) => {
    const { add } = await withCodes()
    expect(await inputErrors(() => add('other', values, true))).toHaveProperty('api_secret', 'is missing')
  })

  test('is not taken by a broker that has no such accounts', async () => {
    const { accounts } = await madeUpDomain()
    const input = { brokerId: 'made-up', values: { totp_secret }, endpoints: {}, acceptTerms: true }
    expect(await inputErrors(() => accounts.add({ name: 'codes', ...input }))).toHaveProperty('password')
  })
})

test('what is not the broker’s, such as a proxy’s password, makes no login of it', () => {
  const { brokers } = domain()
  const kite = brokers.get('kite-connect')
  if (kite === undefined) throw new Error('kite-connect is gone')
  expect(isForCodesAlone(kite, ['totp_secret', 'proxy_password'])).toBe(true)
  expect(isForCodesAlone(kite, ['totp_secret', 'user_id'])).toBe(false)
  expect(isForCodesAlone(kite, ['user_id'])).toBe(false)
  expect(isForCodesAlone(kite, [])).toBe(false)
})

describe('a field that is no longer wanted', () => {
  async function withLogin() {
    const parts = await withCodes()
    await parts.change(login, { acceptTerms: true })
    return parts
  }

  test('is forgotten, in the keychain too, when it is optional', async () => {
    const { account, change, keychain } = await withLogin()
    await change({}, { forget: ['totp_secret'] })
    expect(Object.keys(account('codes').secretsSetAt).sort()).toEqual(['api_secret', 'password'])
    expect(await keychain.get('codes/totp_secret')).toBe(null)
    expect((await keychain.get('codes/password'))?.reveal()).toBe('a password')
  })

  test.each([
    ['password', 'is missing'],
    ['api_key', 'is missing'],
    ['pin', 'is not a field of Zerodha Kite Connect'],
  ])('is kept when it is %s', async (field, words) => {
    const { account, change, keychain } = await withLogin()
    const before = account('codes')
    expect(await inputErrors(() => change({}, { forget: [field] }))).toEqual({ [field]: words })
    expect(account('codes')).toEqual(before)
    expect((await keychain.get('codes/password'))?.reveal()).toBe('a password')
  })

  test('is replaced when it is given anew at the same time', async () => {
    const { change, keychain } = await withLogin()
    await change({ totp_secret: 'GEZDGNBVGY3TQOJQ' }, { forget: ['totp_secret'] })
    expect((await keychain.get('codes/totp_secret'))?.reveal()).toBe('GEZDGNBVGY3TQOJQ')
  })
})
