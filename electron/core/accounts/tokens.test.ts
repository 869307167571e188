import { describe, expect, test } from 'vitest'
import { inputErrors, loginFailure } from '../../../tests/support/failure.ts'
import { domain } from '../../../tests/support/harness.ts'
import { tokenKey, type Account } from '../state/account.ts'
import { withAccount } from '../state/state.ts'
import { Secret } from '../secret.ts'

/** An account whose keychain holds a token and whose state says `record` of it. */
async function withToken(record: Partial<NonNullable<Account['token']>> = {}) {
  const parts = domain()
  const { accounts, clock, keychain, store } = parts
  const values = {
    api_key: 'key',
    api_secret: 'secret',
    user_id: 'AB1234',
    password: 'a password',
    totp_secret: 'JBSWY3DPEHPK3PXP',
  }
  await accounts.add({ name: 'kite', brokerId: 'kite-connect', values, endpoints: {}, acceptTerms: true })
  await keychain.set(tokenKey('kite', 'access_token'), new Secret('the token'))
  const now = clock.now()
  const token = { issuedAt: now, expiresAt: now + 60_000_000, seen: 'accepted', ...record } as const
  await store.update((state) => withAccount(state, 'kite', (account) => ({ ...account, token })))
  return parts
}

describe('a token is handed out', () => {
  test('when the broker has accepted it', async () => {
    const { tokens } = await withToken()
    expect((await tokens.primary('kite')).reveal()).toBe('the token')
    expect(Object.keys(await tokens.bundle('kite'))).toEqual(['access_token'])
  })

  test('when the broker could not be asked: it may well work', async () => {
    const { tokens } = await withToken({ seen: 'unverified' })
    expect((await tokens.primary('kite')).reveal()).toBe('the token')
  })

  test('until the moment it ends', async () => {
    const { tokens, clock } = await withToken()
    clock.advance(59_999_999)
    expect((await tokens.primary('kite')).reveal()).toBe('the token')
    clock.advance(1)
    expect((await loginFailure(tokens.primary('kite'))).kind).toBe('token-expired')
  })
})

describe('no token is handed out', () => {
  test('that the broker has rejected', async () => {
    const { tokens } = await withToken({ seen: 'rejected' })
    expect((await loginFailure(tokens.bundle('kite'))).kind).toBe('token-expired')
  })

  test('that the state knows nothing of, although the keychain holds one', async () => {
    const { tokens, store } = await withToken()
    await store.update((state) => withAccount(state, 'kite', (account) => ({ ...account, token: null })))
    const error = await loginFailure(tokens.bundle('kite'))
    expect(error.kind).toBe('token-expired')
    expect(error.message).toContain('no token')
  })

  test('when the keychain has lost it', async () => {
    const { tokens, keychain } = await withToken()
    await keychain.delete(tokenKey('kite', 'access_token'))
    expect((await loginFailure(tokens.primary('kite'))).kind).toBe('token-expired')
  })

  test('of an account that does not exist', async () => {
    const { tokens } = await withToken()
    expect(await inputErrors(() => tokens.bundle('other'))).toHaveProperty('name')
  })
})
