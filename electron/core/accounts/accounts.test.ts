import { describe, expect, test } from 'vitest'
import { inputErrors, loginFailure } from '../../../tests/support/failure.ts'
import { gate, madeUpDomain, madeUpValues } from '../../../tests/support/made-up-broker.ts'
import { MemoryKeychain } from '../../adapters/memory-keychain.ts'
import { LoginError } from '../errors.ts'
import type { Secret } from '../secret.ts'
import { secretKey, type Account } from '../state/account.ts'
import { withAccount } from '../state/state.ts'
import { loginLock } from '../state/attempts.ts'

const never = new AbortController().signal

/** A keychain that can be looked into, and locked for one writing after the next few. */
class OpenKeychain extends MemoryKeychain {
  readonly items = new Map<string, string>()
  writesLeft = Infinity

  override set(key: string, value: Secret): Promise<void> {
    if (this.writesLeft-- === 0) return Promise.reject(new LoginError('keychain-locked'))
    this.items.set(key, value.reveal())
    return super.set(key, value)
  }

  override delete(key: string): Promise<void> {
    this.items.delete(key)
    return super.delete(key)
  }
}

async function withMain() {
  const keychain = new OpenKeychain()
  return { ...(await madeUpDomain({}, keychain)), keychain }
}

const newAccount = { brokerId: 'made-up', values: madeUpValues, endpoints: {}, acceptTerms: true } as const
const spentAll = { password: 1, code: 2 } as const

/** What an account looks like after a bad morning. */
const tried: Partial<Account> = {
  spent: spentAll,
  token: { issuedAt: 1, expiresAt: null, seen: 'accepted' },
  problem: new LoginError('bad-totp').toProblem(1),
}

describe('adding an account', () => {
  test('puts its settings into the state and its secrets into the keychain, and never the other way', async () => {
    const { account, keychain, store, clock } = await withMain()
    expect(account()).toMatchObject({
      name: 'main',
      settings: { user_id: 'AB1234', app_id: 'app' },
      termsAcceptedAt: clock.now(),
      spent: { password: 0, code: 0 },
      token: null,
    })
    expect(account().secretsSetAt).toEqual({
      app_secret: clock.now(),
      password: clock.now(),
      totp_secret: clock.now(),
    })
    expect(keychain.items).toEqual(
      new Map([
        ['main/app_secret', madeUpValues.app_secret],
        ['main/password', madeUpValues.password],
        ['main/totp_secret', madeUpValues.totp_secret],
        ['main/bound-to', '{"to":["made-up"],"fields":["app_secret","password","totp_secret"]}'],
      ]),
    )
    for (const value of keychain.items.values()) expect(JSON.stringify(store.saved)).not.toContain(value)
  })

  test.each([
    ['a name that is taken', { name: 'main' }, 'name'],
    ['a bad name', { name: 'No Name' }, 'name'],
    ['an unknown broker', { brokerId: 'other' }, 'broker'],
    ['a missing password', { values: { ...madeUpValues, password: '' } }, 'password'],
    ['an unsafe address', { endpoints: { api: 'http://made-up.example' } }, 'endpoint.api'],
    ['terms not accepted', { acceptTerms: false }, 'terms'],
  ])('with %s is refused and keeps nothing', async (_what, wrong, input) => {
    const { accounts, keychain, store } = await withMain()
    const before = { state: store.state, items: new Map(keychain.items) }
    const errors = await inputErrors(() => accounts.add({ name: 'new', ...newAccount, ...wrong }))
    expect(Object.keys(errors)).toEqual([input])
    expect({ state: store.state, items: keychain.items }).toEqual(before)
  })

  test.each([0, 1, 2])('keeps nothing when the keychain locks after %i secrets', async (writesLeft) => {
    const { accounts, keychain, store } = await withMain()
    const before = { state: store.state, items: new Map(keychain.items) }
    keychain.writesLeft = writesLeft
    expect((await loginFailure(accounts.add({ name: 'new', ...newAccount }))).kind).toBe('keychain-locked')
    expect({ state: store.state, items: keychain.items }).toEqual(before)
  })

  test('twice at once under one name keeps one account with its own secrets', async () => {
    const { accounts, keychain } = await withMain()
    const add = (password: string): Promise<string> =>
      accounts.add({ name: 'new', ...newAccount, values: { ...madeUpValues, password } }).then(() => password)
    const [one, two] = await Promise.allSettled([add('password one'), add('password two')])
    const winners = [one, two].flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(winners).toHaveLength(1)
    expect([keychain.items.get(secretKey('new', 'password'))]).toEqual(winners)
  })
})

describe('changing an account', () => {
  async function withTried() {
    const parts = await withMain()
    await parts.store.update((state) => withAccount(state, 'main', (account) => ({ ...account, ...tried })))
    const change = (values: Readonly<Record<string, string>>, endpoints: Record<string, string> = {}) =>
      parts.accounts.change('main', { values, endpoints, acceptTerms: false })
    return { ...parts, change }
  }

  test('keeps what is not given', async () => {
    const { change, account, keychain, clock } = await withTried()
    const setAt = clock.now()
    clock.advance(1_000)
    await change({ password: 'new password' })
    expect(account().settings).toEqual({ user_id: 'AB1234', app_id: 'app' })
    expect(account().secretsSetAt).toEqual({ app_secret: setAt, password: setAt + 1_000, totp_secret: setAt })
    expect(account().termsAcceptedAt).toBe(setAt)
    expect(keychain.items.get('main/password')).toBe('new password')
    expect(keychain.items.get('main/app_secret')).toBe('app secret')
  })

  test.each([
    ['a new password', { password: 'new password' }, { password: 0, code: 2 }],
    ['the same password typed again', { password: madeUpValues.password }, { password: 0, code: 2 }],
    ['a new TOTP secret', { totp_secret: 'GEZDGNBVGY3TQOJQ' }, { password: 1, code: 0 }],
    ['another user', { user_id: 'CD5678' }, { password: 0, code: 0 }],
    ['a new app secret', { app_secret: 'new app secret' }, spentAll],
  ])('with %s leaves the budget that it should', async (_what, values, spent) => {
    const { change, account } = await withTried()
    await change(values)
    expect(account().spent).toEqual(spent)
    expect(account().problem).toBe(null)
  })

  test.each([
    ['nothing at all', {}],
    ['the same settings again', { user_id: 'AB1234', app_id: 'app' }],
  ])('with %s mends nothing', async (_what, values) => {
    const { change, account } = await withTried()
    await change(values)
    expect(account()).toMatchObject(tried)
  })

  test('never forgets which codes were sent: the broker has not forgotten either', async () => {
    const { change, account, store } = await withTried()
    await store.update((state) => withAccount(state, 'main', (current) => ({ ...current, codesSent: [7] })))
    await change({ password: 'new password', totp_secret: 'GEZDGNBVGY3TQOJQ' })
    expect(account().codesSent).toEqual([7])
  })

  test.each([
    ['another user', { user_id: 'CD5678' }, {}],
    ['another app', { app_id: 'other' }, {}],
    ['another server', madeUpValues, { api: 'https://other.example' }],
  ])('to %s drops the token, which says nothing about this one', async (_what, values, endpoints) => {
    const { change, tokens } = await withTried()
    await change(values, endpoints)
    expect(tokens.freshness('main')).toBe('none')
    expect((await loginFailure(tokens.bundle('main'))).kind).toBe('token-expired')
  })

  test('of secrets alone keeps the token', async () => {
    const { change, account } = await withTried()
    await change({ password: 'new password', app_secret: 'new', totp_secret: 'GEZDGNBVGY3TQOJQ' })
    expect(account().token).toEqual(tried.token)
  })

  test('with wrong input changes nothing', async () => {
    const { change, keychain, store } = await withTried()
    const before = { state: store.state, items: new Map(keychain.items) }
    expect(await inputErrors(() => change({ password: 'a\nb', user_id: 'CD5678' }))).toHaveProperty(
      'password',
    )
    expect(await inputErrors(() => change({ other: 'x' }))).toHaveProperty('other')
    expect({ state: store.state, items: keychain.items }).toEqual(before)
  })

  test('changes nothing when the keychain locks for a moment half way', async () => {
    const { change, keychain, store } = await withTried()
    const before = { state: store.state, items: new Map(keychain.items) }
    keychain.writesLeft = 1
    const values = { app_secret: 'new app secret', password: 'new password' }
    expect((await loginFailure(change(values))).kind).toBe('keychain-locked')
    expect({ state: store.state, items: keychain.items }).toEqual(before)
  })

  test('waits for a login under way', async () => {
    const arrived = gate()
    const { accounts, account, engine, locks } = await madeUpDomain({
      login: async () => {
        arrived.open()
        return Promise.reject(new LoginError('bad-credentials'))
      },
    })
    const release = await locks.acquire(
      loginLock(accounts.open('main').account, { identity: 'user_id' }),
      never,
    )
    const values = { user_id: 'CD5678' }
    const changed = accounts.change('main', { values, endpoints: {}, acceptTerms: false })
    expect(account().settings['user_id']).toBe('AB1234')
    await release()
    await changed
    expect(account().settings['user_id']).toBe('CD5678')
    await loginFailure(engine.login('main'))
    await arrived.opened
  })

  test('accepts the terms when asked to, and asks when they never were', async () => {
    const { accounts, account, store, clock } = await withMain()
    await store.update((state) =>
      withAccount(state, 'main', (current) => ({ ...current, termsAcceptedAt: null })),
    )
    const none = { values: {}, endpoints: {} }
    expect(await inputErrors(() => accounts.change('main', { ...none, acceptTerms: false }))).toHaveProperty(
      'terms',
    )
    await accounts.change('main', { ...none, acceptTerms: true })
    expect(account().termsAcceptedAt).toBe(clock.now())
  })
})

describe('removing an account', () => {
  test('removes every secret and token of it, and nothing of another', async () => {
    const { accounts, engine, keychain } = await withMain()
    await accounts.add({ name: 'main-2', ...newAccount })
    await engine.login('main')
    await engine.login('main-2')
    await accounts.remove('main')
    expect(accounts.list.map(({ name }) => name)).toEqual(['main-2'])
    expect([...keychain.items.keys()].filter((key) => !key.startsWith('main-2/'))).toEqual([])
    expect(keychain.items.size).toBe(7)
  })

  test('of one that does not exist is refused', async () => {
    const { accounts } = await withMain()
    expect(await inputErrors(() => accounts.remove('other'))).toHaveProperty('name')
  })

  test('leaves nothing behind when a change was waiting for its turn', async () => {
    const { accounts, keychain, locks } = await withMain()
    const release = await locks.acquire(
      loginLock(accounts.open('main').account, { identity: 'user_id' }),
      never,
    )
    const removed = accounts.remove('main')
    const changed = accounts
      .change('main', { values: { password: 'late' }, endpoints: {}, acceptTerms: false })
      .catch((error: unknown) => error)
    await release()
    await removed
    await changed
    expect([...keychain.items.keys()]).toEqual([])
  })
})
