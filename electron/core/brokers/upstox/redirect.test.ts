import { describe, expect, onTestFinished, test } from 'vitest'
import { TestClient } from '../../../../practice/upstox/test-client.ts'
import { startUpstox, type UpstoxOptions } from '../../../../practice/upstox.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { domain } from '../../../../tests/support/harness.ts'
import { upstoxMorning } from '../../../../tests/support/upstox-morning.ts'
import type { SignIn } from '../../login/assisted.ts'

/** Registered redirect URLs with their own parameters. */
const withFields = [
  'https://127.0.0.1/cb?code=mine',
  'https://me.example/cb?code=mine&error=none',
  'https://me.example/cb?state=1&code=a&code=b',
  'https://me.example/#/callback',
  'https://me.example/#/callback?code=mine',
  'myapp://callback?code=mine',
]

/** Creates an assisted account of an app with this redirect URL. */
async function byHand(
  redirect_uri: string,
  typed: Readonly<Record<string, string>> = {},
  options: UpstoxOptions = {},
) {
  const parts = domain()
  const broker = await startUpstox({
    now: () => parts.clock.now(),
    credentials: { redirect_uri },
    ...options,
  })
  onTestFinished(() => broker.stop())
  const { client_id, client_secret, username } = broker.credentials
  const values = { client_id, client_secret, redirect_uri, username, ...typed }
  const account = { name: 'upstox', brokerId: 'upstox', endpoints: broker.endpoints, values }
  await parts.accounts.add({ ...account, mode: 'assisted', acceptTerms: false })
  const client = new TestClient(broker)
  await client.signIn()
  return { ...parts, broker, end: new URL(await client.redirectUri()) }
}

describe.each(withFields)('the registered redirect URL %s', (redirect_uri) => {
  test('leads to Upstox’s own code in an unattended login', async () => {
    const { engine, broker } = await upstoxMorning({ credentials: { redirect_uri } })
    expect(await engine.login('upstox')).toBe('obtained')
    expect(broker.loginsCompleted).toBe(1)
  })

  test('ends a sign-in by hand with Upstox’s answer, and not before it', async () => {
    const { engine, broker, end } = await byHand(redirect_uri)
    const denied = new URL(end.href.replace(/code=\w{32}$/, 'error=access_denied'))
    const seen: boolean[] = []
    const login = engine.login('upstox', {
      signIn: ({ address, isEnd }) => {
        const withState = (state: string): URL => new URL(`${end.href}&state=${state}`)
        const own = withState(address.searchParams.get('state') ?? '')
        seen.push(...[new URL(redirect_uri), denied, end, withState('1'), withState(''), own].map(isEnd))
        return Promise.resolve(own)
      },
    })
    expect(await login).toBe('obtained')
    expect(seen).toEqual([false, true, false, false, false, true])
    expect(broker.loginsCompleted).toBe(1)
    const refused = await loginFailure(
      engine.login('upstox', { force: true, signIn: () => Promise.resolve(denied) }),
    )
    expect([refused.kind, refused.brokerWords]).toEqual(['consent-required', 'access_denied'])
  })
})

test('a sign-in by hand as somebody else is told from one’s own', async () => {
  const redirect_uri = 'https://me.example/cb'
  const { engine, end, tokens } = await byHand(redirect_uri, { user_id: 'PR0001' }, { tokenOf: 'PR0002' })
  const error = await loginFailure(engine.login('upstox', { signIn: () => Promise.resolve(end) }))
  expect(error.message).toContain('that of PR0002, and this account is for PR0001')
  expect(tokens.freshness('upstox')).toBe('none')
})

describe('a sign-in by hand without a user ID in the details', () => {
  const redirect_uri = 'https://me.example/cb'

  /** Makes the token of the account's login before that of PR0009, and signs in again. */
  async function asAnother(options: UpstoxOptions, tokenUser = 'PR0009') {
    const parts = await byHand(redirect_uri, {}, options)
    await parts.store.update((state) => ({
      ...state,
      accounts: state.accounts.map((account) => ({ ...account, tokenUser })),
    }))
    const login = () => parts.engine.login('upstox', { signIn: () => Promise.resolve(parts.end) })
    return { ...parts, login }
  }

  test('remembers whose token it was', async () => {
    const { account, engine, end } = await byHand(redirect_uri, {}, { tokenOf: 'PR0002' })
    expect(account('upstox').tokenUser).toBe(undefined)
    await engine.login('upstox', { signIn: () => Promise.resolve(end) })
    expect(account('upstox').tokenUser).toBe('PR0002')
  })

  test('remembers it from the profile where the token’s reply does not say it', async () => {
    const { account, engine, end } = await byHand(redirect_uri, {}, { namesUser: false })
    await engine.login('upstox', { signIn: () => Promise.resolve(end) })
    expect(account('upstox').tokenUser).toBe('PR0001')
  })

  test.each([true, false])('keeps no token of another (named with it: %s)', async (namesUser) => {
    const { account, login, tokens } = await asAnother({ namesUser })
    const error = await loginFailure(login())
    expect(error).toMatchObject({ kind: 'bad-credentials' })
    expect(error.message).toContain('that of PR0001, and this account is for PR0009. Its token was not kept.')
    expect(tokens.freshness('upstox')).toBe('none')
    expect(account('upstox').tokenUser).toBe('PR0009')
  })

  test('takes the same person in other letters', async () => {
    const { login } = await asAnother({}, 'pr0001')
    expect(await login()).toBe('obtained')
  })

  test('takes another person once the details were changed for them', async () => {
    const { accounts, account, login } = await asAnother({})
    await accounts.change('upstox', {
      values: { user_id: 'PR0001' },
      endpoints: account('upstox').endpoints,
      acceptTerms: false,
    })
    expect(account('upstox').tokenUser).toBe(undefined)
    expect(await login()).toBe('obtained')
  })
})

test('a token that turns out to be another user’s is no good', async () => {
  const { engine, broker, tokens } = await upstoxMorning()
  await engine.login('upstox')
  const value = { status: 'success', data: { user_id: 'OT0001' } }
  broker.fault({ at: 'GET /v2/user/profile', kind: 'json', status: 200, value })
  const error = await loginFailure(engine.probe('upstox', new AbortController().signal))
  expect(error).toMatchObject({ kind: 'token-expired', message: expect.stringContaining('that of OT0001') })
  expect(tokens.freshness('upstox')).toBe('rejected')
})

test('an unattended login as another person than before is refused', async () => {
  const { engine, store, tokens } = await upstoxMorning({ namesUser: false })
  await store.update((state) => ({
    ...state,
    accounts: state.accounts.map((account) => ({ ...account, tokenUser: 'PR0009' })),
  }))
  expect((await loginFailure(engine.login('upstox'))).message).toContain('this account is for PR0009')
  expect(tokens.freshness('upstox')).toBe('none')
})

test('a sign-in by hand from an address that is not registered has a token, which is kept and not checked', async () => {
  const { account, broker, engine, end, tokens } = await byHand(
    'https://me.example/cb',
    {},
    { atRegisteredAddress: false },
  )
  const signIn = () => Promise.resolve(end)
  expect(await engine.login('upstox', { signIn })).toBe('obtained')
  expect(account('upstox').problem).toMatchObject({ kind: 'ip-not-allowed' })
  expect(tokens.freshness('upstox')).toBe('unverified')
  expect(broker.accepts({ access_token: (await tokens.primary('upstox')).reveal() })).toBe(true)
  expect(await engine.login('upstox', { signIn })).toBe('kept')
  expect(broker.loginsCompleted).toBe(1)
})

test('a sign-in by hand to an app that Upstox does not know says so, though a person sees data alone', async () => {
  const { broker, engine } = await byHand('https://me.example/cb', { client_id: 'another' })
  const signIn: SignIn = async ({ address, refuse }) => {
    const shown = await fetch(address, { redirect: 'manual' })
    return refuse({ status: shown.status, headers: shown.headers, body: await shown.text() })
  }
  const error = await loginFailure(engine.login('upstox', { signIn }))
  expect(error.kind).toBe('app-config')
  expect(error.message).toContain('does not know this API key')
  expect(broker.loginsCompleted).toBe(0)
})
