import { describe, expect, test } from 'vitest'
import { kiteRefusal } from '../../../../practice/kite-connect/refusals.ts'
import type { KiteConnectPractice } from '../../../../practice/kite-connect.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { kiteMorning } from '../../../../tests/support/kite-morning.ts'

const logins = ({ requests }: KiteConnectPractice): number =>
  requests.filter(({ path }) => path === '/api/login').length

describe('an app that Kite does not open', () => {
  test.each(['', 'PR00', 'ZERODHA CLIENT ID'])(
    'to the account’s user ID, its own being “%s”, says which to add and where',
    async (clientId) => {
      const { engine, broker, account } = await kiteMorning({ clientId })
      const error = await loginFailure(engine.login('kite'))
      expect(error).toMatchObject({ kind: 'app-config', brokerWords: 'The user is not enabled for the app.' })
      expect(error.next).toContain(
        `Add user ID ${broker.credentials.user_id} to the app at developers.kite.trade`,
      )
      expect(account('kite').spent).toEqual({ password: 0, code: 0 })
    },
  )

  test.each([
    ['Invalid API key or access token', 'app-config'],
    ['Invalid `api_key` or `access_token`.', 'app-config'],
    ['Invalid api key', 'app-config'],
    ['Your Kite Connect subscription has expired', 'subscription'],
  ])('because its subscription has lapsed (“%s”) is %s, after one login', async (lapsed, kind) => {
    const { engine, broker } = await kiteMorning({ lapsed })
    const error = await loginFailure(engine.login('kite'))
    expect(error).toMatchObject({ kind, brokerWords: lapsed })
    expect(error.next).toMatch(/renew .*subscription/i)
    expect(logins(broker)).toBe(1)
  })

  test('at the very start because its subscription has lapsed', async () => {
    const { engine, broker, account } = await kiteMorning()
    const words = 'Your Kite Connect subscription has expired'
    broker.fault(kiteRefusal('GET /connect/login', [403, 'PermissionException', words]))
    expect((await loginFailure(engine.login('kite'))).kind).toBe('subscription')
    expect(account('kite').spent).toEqual({ password: 0, code: 0 })
    expect(logins(broker)).toBe(0)
  })

  test('at the very start because the route is gone is not blamed on its key', async () => {
    const { engine, broker } = await kiteMorning()
    broker.fault(kiteRefusal('GET /connect/login', [404, 'GeneralException', 'Route not found']))
    expect((await loginFailure(engine.login('kite'))).kind).toBe('protocol-changed')
  })
})

test('a Kite that forgets the app and opens its own page is no wall against robots', async () => {
  const { engine, broker } = await kiteMorning({ forgetsApp: true })
  const error = await loginFailure(engine.login('kite'))
  expect(broker.requests.at(-1)?.path).toBe('/dashboard')
  expect(error.kind).toBe('protocol-changed')
  expect(error.message).toContain('opened its own page')
  expect(error.message).not.toContain('robots')
  expect(logins(broker)).toBe(1)
})

describe('the redirects at the end', () => {
  test.each([1, 3])('may name kite.trade, which is Kite too: %i of them', async (redirectHops) => {
    const { engine, broker } = await kiteMorning({ redirectHops, hopsByAlias: true })
    expect(await engine.login('kite')).toBe('obtained')
    expect(broker.requests.filter(({ path }) => path === '/connect/continue')).toHaveLength(redirectHops)
  })

  test.each([
    'https://me.example/cb?status=live',
    'https://me.example/cb?request_token=mine&message=hello',
    'https://me.example/#/cb',
    'https://me.example/?status=live#/cb?status=live',
  ])('may lead to an address with fields of its own: %s', async (redirectUrl) => {
    const { engine, broker } = await kiteMorning({ redirectUrl })
    expect(await engine.login('kite')).toBe('obtained')
    expect(logins(broker)).toBe(1)
  })
})

describe('a token', () => {
  const other = { user_id: 'ZX9041' }

  test.each([true, false])('of another user is not kept, and whose it is is said', async (namesUser) => {
    const { engine, account, tokens } = await kiteMorning({ namesUser, mobile: other.user_id, typed: other })
    const error = await loginFailure(engine.login('kite'))
    expect(error.message).toBe(
      'The login was that of PR0001, and this account is for ZX9041. Its token was not kept.',
    )
    expect(tokens.freshness('kite')).toBe('none')
    expect(account('kite').token).toBe(null)
  })

  test('that turns out to be another user’s is no good', async () => {
    const { engine, broker, tokens } = await kiteMorning()
    await engine.login('kite')
    const value = { status: 'success', data: { user_id: 'OT0001' } }
    broker.fault({ at: 'GET /user/profile', kind: 'json', status: 200, value })
    const error = await loginFailure(engine.probe('kite', new AbortController().signal))
    expect(error).toMatchObject({ kind: 'token-expired', message: expect.stringContaining('that of OT0001') })
    expect(tokens.freshness('kite')).toBe('rejected')
  })

  test('is not called bad by a refusal that is about something else', async () => {
    for (const [status, type, words, kind] of [
      [403, 'PermissionException', 'Requests from this IP address are not permitted', 'ip-not-allowed'],
      [403, 'PermissionException', 'Insufficient permission for that call.', 'protocol-changed'],
      [403, 'TokenException', 'Your Kite Connect subscription has expired', 'subscription'],
      [404, 'GeneralException', 'Route not found', 'protocol-changed'],
    ] as const) {
      const { engine, broker, tokens } = await kiteMorning()
      await engine.login('kite')
      broker.fault(kiteRefusal('GET /user/profile', [status, type, words]))
      expect((await loginFailure(engine.probe('kite', new AbortController().signal))).kind).toBe(kind)
      expect(tokens.freshness('kite')).toBe('unverified')
    }
  })
})
