import { describe, expect, onTestFinished, test } from 'vitest'
import { location } from '../../../../practice/test-client.ts'
import { TestClient } from '../../../../practice/kite-connect/test-client.ts'
import { startKiteConnect, type KiteConnectOptions } from '../../../../practice/kite-connect.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { domain } from '../../../../tests/support/harness.ts'
import type { SignIn } from '../../login/assisted.ts'

/** Creates an assisted account whose user signs in. */
async function byHand(options: KiteConnectOptions = {}, typed: Readonly<Record<string, string>> = {}) {
  const parts = domain()
  const broker = await startKiteConnect({ now: () => parts.clock.now(), ...options })
  onTestFinished(() => broker.stop())
  const { api_key, api_secret, user_id } = broker.credentials
  await parts.accounts.add({
    name: 'kite',
    brokerId: 'kite-connect',
    endpoints: broker.endpoints,
    values: { api_key, api_secret, user_id, ...typed },
    mode: 'assisted',
    acceptTerms: false,
  })
  const endAt =
    (act: () => Promise<string>): SignIn =>
    async ({ isEnd }) => {
      const end = new URL(await act())
      expect(isEnd(end)).toBe(true)
      return end
    }
  const client = new TestClient(broker)
  const signIn = endAt(async () =>
    location(await client.web(client.path('/connect/finish', await client.signIn()))),
  )
  /** A browser that is shown JSON in place of the redirect at the end. */
  const shownData: SignIn = async ({ refuse }) => {
    const shown = await client.web(client.path('/connect/finish', await client.signIn()))
    return refuse({ status: shown.status, headers: shown.headers, body: await shown.text() })
  }
  return { ...parts, broker, signIn, endAt, shownData }
}

describe('a sign-in by hand', () => {
  test.each([
    'https://me.example/cb?status=live',
    'https://me.example/cb?request_token=mine',
    'https://me.example/#/cb',
    'https://me.example/cb?x=1#/cb?status=live',
  ])('ends at an address with fields of its own: %s', async (redirectUrl) => {
    const { engine, signIn } = await byHand({ redirectUrl })
    expect(await engine.login('kite', { signIn })).toBe('obtained')
  })

  test('that ends without a token says which user ID the app lacks', async () => {
    const { engine, endAt } = await byHand()
    const end = 'https://me.example/cb?status=error&message=The+user+is+not+enabled+for+the+app.'
    const error = await loginFailure(engine.login('kite', { signIn: endAt(() => Promise.resolve(end)) }))
    expect(error.kind).toBe('app-config')
    expect(error.next).toContain('Add user ID PR0001')
  })

  test.each(['', 'PR00'])(
    'that Kite answers with data says so too: the app’s own user ID is “%s”',
    async (clientId) => {
      const { account, engine, shownData } = await byHand({ clientId })
      const error = await loginFailure(engine.login('kite', { signIn: shownData }))
      expect(error).toMatchObject({ kind: 'app-config', brokerWords: 'The user is not enabled for the app.' })
      expect(error.next).toContain('Add user ID PR0001 to the app at developers.kite.trade')
      expect(account('kite').spent).toEqual({ password: 0, code: 0 })
    },
  )

  test('is over where Kite shows data that says nothing', async () => {
    const { engine } = await byHand()
    const reply = { status: 200, headers: new Headers({ 'content-type': 'application/json' }), body: '{}' }
    const signIn: SignIn = ({ refuse }) => refuse(reply)
    expect((await loginFailure(engine.login('kite', { signIn }))).kind).toBe('protocol-changed')
  })

  test.each([true, false])('as somebody else gets no token, and is told whose it was', async (namesUser) => {
    const { engine, account, signIn, tokens } = await byHand({ namesUser }, { user_id: 'ZX9041' })
    const error = await loginFailure(engine.login('kite', { signIn }))
    expect(error.message).toContain('that of PR0001, and this account is for ZX9041')
    expect(account('kite').token).toBe(null)
    expect(tokens.freshness('kite')).toBe('none')
  })

  test('whose app has no subscription any more says so, once', async () => {
    const lapsed = 'Your Kite Connect subscription has expired'
    const { broker, engine, signIn } = await byHand({ lapsed })
    expect((await loginFailure(engine.login('kite', { signIn }))).kind).toBe('subscription')
    expect(broker.requests.filter(({ path }) => path === '/session/token')).toHaveLength(1)
  })
})
