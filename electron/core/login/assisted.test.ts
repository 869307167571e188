import { describe, expect, onTestFinished, test } from 'vitest'
import { location } from '../../../practice/test-client.ts'
import { TestClient as KiteTestClient } from '../../../practice/kite-connect/test-client.ts'
import { startKiteConnect } from '../../../practice/kite-connect.ts'
import { TestClient as UpstoxTestClient } from '../../../practice/upstox/test-client.ts'
import { startUpstox } from '../../../practice/upstox.ts'
import { inputErrors, loginFailure } from '../../../tests/support/failure.ts'
import { domain } from '../../../tests/support/harness.ts'
import { gate } from '../../../tests/support/made-up-broker.ts'
import { ANSWER_DEADLINE_MS } from '../concurrency/deadline.ts'
import type { SignIn } from './assisted.ts'

const forHand = { mode: 'assisted', acceptTerms: false } as const

/** An account at a practice Kite whose user signs in by client. */
async function kite(values: Readonly<Record<string, string>> = {}) {
  const parts = domain()
  const broker = await startKiteConnect({ now: () => parts.clock.now() })
  onTestFinished(() => broker.stop())
  const { api_key, api_secret, user_id } = broker.credentials
  const account = { name: 'kite', brokerId: 'kite-connect', endpoints: broker.endpoints, ...forHand }
  await parts.accounts.add({ ...account, values: { api_key, api_secret, user_id, ...values } })
  const client = new KiteTestClient(broker)
  const signIn = atEnd(async () => {
    const sessId = await client.signIn()
    return location(await client.web(client.path('/connect/finish', sessId)))
  })
  return { ...parts, broker, signIn }
}

async function upstox() {
  const parts = domain()
  const broker = await startUpstox({ now: () => parts.clock.now() })
  onTestFinished(() => broker.stop())
  const { client_id, client_secret, redirect_uri, username } = broker.credentials
  const values = { client_id, client_secret, redirect_uri, username }
  const account = { name: 'upstox', brokerId: 'upstox', endpoints: broker.endpoints, ...forHand }
  await parts.accounts.add({ ...account, values })
  const client = new UpstoxTestClient(broker)
  return { ...parts, broker, client }
}

/** A person who signs in and is sent to the address that `act` gives. */
const atEnd =
  (act: (address: URL) => Promise<string>): SignIn =>
  async ({ address, isEnd }) => {
    const end = new URL(await act(address))
    expect(isEnd(end)).toBe(true)
    return end
  }

describe('a login at Kite’s own page', () => {
  test('needs no password, no TOTP secret and no agreement, and sends none of our attempts', async () => {
    const { account, broker, engine, signIn, tokens } = await kite()
    expect(await engine.login('kite', { signIn })).toBe('obtained')
    expect(tokens.freshness('kite')).toBe('fresh')
    expect(account('kite').spent).toEqual({ password: 0, code: 0 })
    expect(broker.accepts({ access_token: (await tokens.primary('kite')).reveal() })).toBe(true)
  })

  test('may be the way of one morning for an account that logs in by itself', async () => {
    const { accounts, account, broker, engine, signIn } = await kite()
    const { password, totp_secret } = broker.credentials
    const values = { password, totp_secret }
    await accounts.change('kite', {
      values,
      endpoints: broker.endpoints,
      mode: 'unattended',
      acceptTerms: true,
    })
    expect(await engine.login('kite', { signIn, byHand: true })).toBe('obtained')
    expect(account('kite')).toMatchObject({ mode: 'unattended', problem: null })
    expect(broker.requests.filter(({ path }) => path === '/api/twofa')).toHaveLength(1)
    await expect(engine.login('kite', { byHand: true, force: true })).rejects.toThrow('You sign in')
  })

  test('begins at the address of the app, and ends at no page of Kite’s', async () => {
    const { broker, engine } = await kite()
    const { web } = broker.endpoints
    const seen: [string, boolean][] = []
    const signIn: SignIn = ({ address, isEnd }) => {
      for (const url of [address.href, `${web}/connect/finish?request_token=x`, 'https://zerodha.com/']) {
        seen.push([url, isEnd(new URL(url))])
      }
      return Promise.reject(new Error('enough'))
    }
    await expect(engine.login('kite', { signIn })).rejects.toThrow('enough')
    expect(seen.map(([, isEnd]) => isEnd)).toEqual([false, false, false])
    expect(seen[0]?.[0]).toBe(`${web}/connect/login?v=3&api_key=${broker.credentials.api_key}`)
  })

  test('keeps a token that still works, and asks for nothing then', async () => {
    const { engine, signIn } = await kite()
    await engine.login('kite', { signIn })
    expect(await engine.login('kite')).toBe('kept')
  })

  test('of somebody else is not kept', async () => {
    const { account, engine, signIn } = await kite({ user_id: 'ZZ9999' })
    const error = await loginFailure(engine.login('kite', { signIn }))
    expect(error.kind).toBe('bad-credentials')
    expect(error.message).toContain('ZZ9999')
    expect(account('kite').token).toBe(null)
  })

  test('that Kite ends without a token is told in its words', async () => {
    const { engine } = await kite()
    const end = 'http://127.0.0.1:9/registered?status=error&message=App+is+disabled'
    const error = await loginFailure(engine.login('kite', { signIn: atEnd(() => Promise.resolve(end)) }))
    expect(error).toMatchObject({ kind: 'app-config', brokerWords: 'App is disabled' })
  })

  test('with a request token that was used is not tried again by itself', async () => {
    const { broker, engine, signIn } = await kite()
    let end: URL | null = null
    const again: SignIn = async (page, signal) => (end ??= await signIn(page, signal))
    await engine.login('kite', { signIn: again })
    const error = await loginFailure(engine.login('kite', { signIn: again, force: true }))
    expect(error.kind).toBe('token-expired')
    expect(broker.requests.filter(({ path }) => path === '/session/token')).toHaveLength(2)
  })

  test('where nobody can sign in says so and leaves the token at hand alone', async () => {
    const { account, engine, signIn, tokens } = await kite()
    await engine.login('kite', { signIn })
    const error = await loginFailure(engine.login('kite', { force: true }))
    expect(error.kind).toBe('second-factor-needed')
    expect(error.message).toContain('yourself')
    expect(tokens.freshness('kite')).toBe('fresh')
    expect(account('kite').problem?.kind).toBe('second-factor-needed')
  })

  test('is waited for as long as a code is, and then given up', async () => {
    const { clock, engine } = await kite()
    const asked = gate()
    const signIn: SignIn = (_page, signal) => {
      asked.open()
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    }
    const login = loginFailure(engine.login('kite', { signIn }))
    await asked.opened
    expect(engine.progress.get('kite')?.label).toBe('Waiting for you to sign in')
    clock.advance(ANSWER_DEADLINE_MS)
    expect((await login).kind).toBe('second-factor-needed')
  })
})

describe('a login at Upstox’s own page', () => {
  test('ends at the registered address with the code', async () => {
    const { engine, client, tokens } = await upstox()
    const signIn = atEnd(async (address) => {
      expect(address.pathname).toBe('/v2/login/authorization/dialog')
      await client.signIn()
      return client.redirectUri({ state: address.searchParams.get('state') ?? '' })
    })
    expect(await engine.login('upstox', { signIn })).toBe('obtained')
    expect(tokens.freshness('upstox')).toBe('fresh')
  })

  test('that was not approved is told in its words', async () => {
    const { broker, engine } = await upstox()
    const end = `${broker.credentials.redirect_uri}?error=access_denied`
    const error = await loginFailure(engine.login('upstox', { signIn: atEnd(() => Promise.resolve(end)) }))
    expect(error).toMatchObject({ kind: 'consent-required', brokerWords: 'access_denied' })
  })
})

describe('who signs in', () => {
  test('is offered to be the user where only a program is kept out', async () => {
    const { accounts, broker, engine } = await kite()
    const { endpoints, credentials } = broker
    const { password } = credentials
    await accounts.change('kite', { values: { password }, endpoints, acceptTerms: true, mode: 'unattended' })
    broker.fault({ at: 'POST /api/login', kind: 'html-wall', status: 403 })
    const error = await loginFailure(engine.login('kite'))
    expect(error.kind).toBe('bot-wall')
    expect(error.next).toContain('Or sign in yourself')
  })

  test('can be changed, and the app then wants what it needs', async () => {
    const { account, accounts, broker, engine } = await kite()
    const { endpoints, credentials } = broker
    const change = { values: {}, endpoints, acceptTerms: false, mode: 'unattended' } as const
    expect(await inputErrors(() => accounts.change('kite', change))).toEqual({ password: 'is missing' })
    const { password, totp_secret } = credentials
    const secrets = { values: { password, totp_secret }, endpoints }
    expect(await inputErrors(() => accounts.change('kite', { ...change, ...secrets }))).toEqual({
      terms: 'have to be accepted first',
    })
    await accounts.change('kite', { ...secrets, mode: 'unattended', acceptTerms: true })
    expect(await engine.login('kite')).toBe('obtained')
    await accounts.change('kite', { values: {}, endpoints, acceptTerms: false })
    expect(account('kite').mode).toBe('unattended')
  })

  test('is the app where the broker has no page for it', async () => {
    const { accounts } = domain()
    const values = { consumer_key: 'x' }
    const account = { name: 'neo', brokerId: 'kotak-neo', endpoints: {}, values, ...forHand }
    expect(await inputErrors(() => accounts.add(account))).toHaveProperty('mode')
  })
})
