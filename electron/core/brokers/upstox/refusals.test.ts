import { describe, expect, test } from 'vitest'
import { TestClient } from '../../../../practice/upstox/test-client.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import {
  answering,
  morningAnswering,
  routes,
  upstoxMorning,
  type UpstoxMorningOptions,
} from '../../../../tests/support/upstox-morning.ts'
import type { ProblemKind } from '../../../contract/state.ts'
import { LoginEngine } from '../../login/engine.ts'

const nothingSpent = { password: 0, code: 0 }
const wrongTotp = { typed: { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' } }

/** Builds a refusal of the login page's own calls. */
const pageRefusal = (message: string) => ({ success: false, error: { code: 'ANY', message } })

/** Builds a refusal of the documented API. */
const apiRefusal = (error_code: string, message = 'Words') => ({
  status: 'error',
  errors: [{ error_code, message }],
})

describe('what the user has wrong', () => {
  const nothingSent: UpstoxMorningOptions[] = [
    { typed: { client_id: 'another' } },
    { typed: { redirect_uri: 'http://127.0.0.1:9/registered-redirect/' } },
    { appActive: false },
  ]
  test.each(nothingSent)(
    'an app that Upstox does not know or serve (%o): no one is logged in',
    async (at) => {
      const { engine, account, paths } = await upstoxMorning(at)
      const error = await loginFailure(engine.login('upstox'))
      expect(error.kind).toBe('app-config')
      expect(error.brokerWords).toContain('client_id')
      expect(error.next).toContain('account.upstox.com/developer/apps')
      expect(paths()).toEqual([routes.open])
      expect(account('upstox').spent).toEqual(nothingSpent)
    },
  )

  test('a wrong API secret is told apart from a wrong PIN', async () => {
    const { engine, account } = await upstoxMorning({ typed: { client_secret: 'another' } })
    const error = await loginFailure(engine.login('upstox'))
    expect(error.kind).toBe('app-config')
    expect(error.message).toContain('API secret')
    expect(error.brokerWords).toBe('Invalid Credentials')
    expect(account('upstox').spent).toEqual(nothingSpent)
  })

  test('a wrong mobile number costs nothing', async () => {
    const { engine, account, paths } = await upstoxMorning({ typed: { username: '9111111111' } })
    const error = await loginFailure(engine.login('upstox'))
    expect(error.kind).toBe('bad-credentials')
    expect(error.message).toContain('mobile number')
    expect(error.brokerWords).toBe('Invalid mobile number')
    expect(paths()).toEqual([routes.open, routes.number])
    expect(account('upstox').spent).toEqual(nothingSpent)
  })

  test('an account without TOTP: no code is sent', async () => {
    const { engine, account, paths } = await upstoxMorning({ totpEnabled: false })
    const error = await loginFailure(engine.login('upstox'))
    expect(error.kind).toBe('second-factor-mismatch')
    expect(error.next).toContain('Time-based OTP')
    expect(paths()).toEqual([routes.open, routes.number])
    expect(account('upstox').spent).toEqual(nothingSpent)
  })

  test('a wrong PIN: sent once, then no more until it is entered again', async () => {
    const { engine, broker, account, accounts, clock, endpoints } = await upstoxMorning({
      typed: { pin_code: '135790' },
    })
    const error = await loginFailure(engine.login('upstox'))
    expect(error.kind).toBe('bad-credentials')
    expect(error.message).toContain('PIN')
    expect(error.brokerWords).toBe('Invalid PIN')
    expect(account('upstox').spent).toEqual({ password: 1, code: 0 })
    for (const force of [false, true])
      expect((await loginFailure(engine.login('upstox', { force }))).kind).toBe('budget-spent')
    expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([1, 0])
    const { pin_code } = broker.credentials
    await accounts.change('upstox', { values: { pin_code }, endpoints, acceptTerms: false })
    clock.advance(30_000)
    expect(await engine.login('upstox')).toBe('obtained')
  })

  test('a wrong TOTP secret while Upstox counts: one code and no second by itself', async () => {
    const { engine, broker, account, sent } = await upstoxMorning(wrongTotp)
    const error = await loginFailure(engine.login('upstox'))
    expect(error.kind).toBe('bad-totp')
    expect(error.brokerWords).toBe('Invalid OTP. 4 attempts left.')
    expect([broker.wrongCodes, broker.wrongPasswords]).toEqual([1, 0])
    expect(sent('/login/open/v6/auth/1fa/otp/generate')).toBe(1)
    expect(account('upstox').spent).toEqual({ password: 0, code: 1 })
    expect(account('upstox').attemptsLeft).toBe(4)
  })

  test('a wrong TOTP secret, however often the user presses “Log in”: two codes', async () => {
    const parts = await upstoxMorning(wrongTotp)
    for (let press = 0; press < 8; press++) {
      // Restarts each time, because spent attempts are in the state, not in the engine.
      await loginFailure(new LoginEngine(parts).login('upstox', { force: press % 2 === 1 }))
      parts.clock.advance(30_000)
    }
    expect([parts.broker.wrongCodes, parts.sent('/login/open/v6/auth/1fa/otp/generate')]).toEqual([2, 2])
  })

  test.each([
    [0, 'number', nothingSpent],
    [1, 'pin', { password: 1, code: 0 }],
  ])('an account that locks while %i are left (at the %s)', async (left, _at, spent) => {
    const { engine, broker, account, clock } = await upstoxMorning({ typed: { pin_code: '135790' } })
    const client = new TestClient(broker)
    const otpToken = await client.otpToken()
    for (let guess = left; guess < 5; guess++) await client.verify(otpToken, { otp: '000000' })
    clock.advance(30_000)
    const error = await loginFailure(engine.login('upstox'))
    expect(error.kind).toBe('account-locked')
    expect(error.next).toContain('PIN')
    expect(error.brokerWords).toContain('blocked')
    expect(account('upstox').spent).toEqual(spent)
  })

  test('too many logins in a minute', async () => {
    const { engine, account, clock, sent } = await upstoxMorning({ otpLimit: 1 })
    await engine.login('upstox')
    clock.advance(30_000)
    const error = await loginFailure(engine.login('upstox', { force: true }))
    expect(error.kind).toBe('rate-limited')
    expect(error.brokerWords).toBe('Too Many Requests Sent')
    expect(account('upstox').spent).toEqual(nothingSpent)
    expect(sent('/login/open/v5/auth/1fa/otp-totp/verify')).toBe(1)
  })
})

describe('a refusal by the documented API', () => {
  const cases: [string, string, ProblemKind][] = [
    ['UDAPI100068', routes.open, 'app-config'],
    ['UDAPI100073', routes.open, 'app-config'],
    ['UDAPI100036', routes.open, 'app-config'],
    ['anything else', routes.open, 'app-config'],
    ['UDAPI10005', routes.open, 'rate-limited'],
    ['UDAPI100500', routes.open, 'broker-down'],
    ['UDAPI100016', routes.exchange, 'app-config'],
    ['UDAPI100068', routes.exchange, 'app-config'],
    ['UDAPI100069', routes.exchange, 'app-config'],
    ['UDAPI100070', routes.exchange, 'app-config'],
    ['UDAPI100073', routes.exchange, 'app-config'],
    ['UDAPI100058', routes.exchange, 'subscription'],
    ['UDAPI10005', routes.exchange, 'rate-limited'],
    ['UDAPI100500', routes.exchange, 'broker-down'],
    ['UDAPI10000', routes.exchange, 'protocol-changed'],
    ['UDAPI100015', routes.exchange, 'protocol-changed'],
    ['UDAPI100036', routes.exchange, 'protocol-changed'],
    ['UDAPI100038', routes.exchange, 'protocol-changed'],
    ['anything else', routes.exchange, 'protocol-changed'],
    ['UDAPI100067', routes.probe, 'protocol-changed'],
  ]
  test.each(cases)('with %s at %s is %s', async (code, route, kind) => {
    for (const json of [
      { status: 'error', errors: [{ error_code: code, message: 'Words', property_path: null }] },
      { status: 'error', errors: [{ errorCode: code, message: 'Words' }] },
    ]) {
      const { engine, account } = await morningAnswering(route, json, 400)
      const error = await loginFailure(engine.login('upstox'))
      expect([error.kind, error.brokerWords]).toEqual([kind, 'Words'])
      expect(account('upstox').spent).toEqual(nothingSpent)
    }
  })

  test('of the profile for want of an active segment leaves the new token alone', async () => {
    const json = { status: 'error', errors: [{ error_code: 'UDAPI100058', message: 'Words' }] }
    const { engine, account } = await morningAnswering(routes.probe, json, 400)
    expect(await engine.login('upstox')).toBe('obtained')
    expect(account('upstox')).toMatchObject({
      token: { seen: 'unverified' },
      problem: { kind: 'subscription', brokerWords: 'Words' },
      spent: nothingSpent,
    })
  })

  test('with several errors is known by the one that is known, and told in full', async () => {
    const errors = [{ message: 'One.' }, { error_code: 'UDAPI100073', message: 'Two.' }]
    const { engine } = await morningAnswering(routes.exchange, { status: 'error', errors }, 400)
    const error = await loginFailure(engine.login('upstox'))
    expect([error.kind, error.brokerWords]).toEqual(['app-config', 'One. Two.'])
  })

  test('counts as one under HTTP 200 too, also without a word', async () => {
    for (const json of [{ status: 'error' }, { status: 'error', errors: [] }]) {
      const { engine } = await morningAnswering(routes.open, json)
      const error = await loginFailure(engine.login('upstox'))
      expect([error.kind, error.brokerWords]).toEqual(['app-config', null])
    }
  })

  test('of the authorization code begins the login once more, and then ends it', async () => {
    const refused = apiRefusal('UDAPI100057', 'Invalid Auth code')
    const { engine, clock, account, sent } = await morningAnswering(routes.exchange, refused, 401)
    const login = loginFailure(engine.login('upstox'))
    await clock.untilWaitingFor(18_000)
    clock.advance(18_000)
    const error = await login
    expect([error.kind, error.brokerWords]).toEqual(['token-expired', 'Invalid Auth code'])
    expect(sent('/login/v2/oauth/authorize')).toBe(2)
    expect(account('upstox').spent).toEqual(nothingSpent)
  })

  test.each(['UDAPI100050', 'UDAPI100016', 'anything'])(
    'of a token with %s ends that token',
    async (code) => {
      const parts = await upstoxMorning()
      await parts.engine.login('upstox')
      const openHttp = answering(parts.openHttp, routes.probe, apiRefusal(code), 401)
      const engine = new LoginEngine({ ...parts, openHttp })
      const error = await loginFailure(engine.probe('upstox', new AbortController().signal))
      expect(error.kind).toBe('token-expired')
      expect(parts.tokens.freshness('upstox')).toBe('rejected')
    },
  )

  test('which is none, only JSON in place of the redirect, is a changed login', async () => {
    const { engine } = await morningAnswering(routes.open, { status: 'success', data: {} })
    expect((await loginFailure(engine.login('upstox'))).kind).toBe('protocol-changed')
  })
})

describe('a refusal by the login page', () => {
  const cases: [string, string, ProblemKind, { password: number; code: number }][] = [
    [routes.number, 'Please enter a valid Mobile Number', 'bad-credentials', nothingSpent],
    [routes.number, 'The account of this mobile number is locked', 'account-locked', nothingSpent],
    [routes.number, 'Too many OTPs for this mobile number', 'rate-limited', nothingSpent],
    [routes.number, 'Something else', 'protocol-changed', nothingSpent],
    [routes.code, 'Invalid OTP. 3 attempts left.', 'bad-totp', { password: 0, code: 1 }],
    [routes.code, 'Only 1 attempts left before your account is locked', 'bad-totp', { password: 0, code: 1 }],
    [routes.code, 'You have few attempts left', 'bad-totp', { password: 0, code: 1 }],
    [routes.code, 'Too many invalid OTPs', 'bad-totp', { password: 0, code: 1 }],
    [routes.code, '0 attempts left, your account is blocked', 'account-locked', { password: 0, code: 1 }],
    [routes.pin, 'Incorrect PIN', 'bad-credentials', { password: 1, code: 0 }],
    [routes.pin, '2 attempts left before we block you', 'bad-credentials', { password: 1, code: 0 }],
    [routes.pin, 'Your account has been blocked', 'account-locked', { password: 1, code: 0 }],
    [routes.approve, 'Something else', 'protocol-changed', nothingSpent],
  ]
  test.each(cases)('at %s with “%s” is %s', async (route, words, kind, spent) => {
    for (const status of [200, 400]) {
      const { engine, account } = await morningAnswering(route, pageRefusal(words), status)
      const error = await loginFailure(engine.login('upstox'))
      expect([error.kind, error.brokerWords]).toEqual([kind, words])
      expect(account('upstox').spent).toEqual(spent)
    }
  })

  test('is no fault of the PIN’s without a word about it', async () => {
    for (const json of [{ success: false }, { success: false, error: { code: 1017, message: null } }]) {
      const { engine } = await morningAnswering(routes.pin, json)
      const error = await loginFailure(engine.login('upstox'))
      expect([error.kind, error.brokerWords]).toEqual(['protocol-changed', null])
    }
  })

  test('of a code that nobody counts is followed by one more, in a later window', async () => {
    const refused = pageRefusal('Invalid OTP')
    const { engine, clock, account, sent } = await morningAnswering(routes.code, refused, 400)
    const login = loginFailure(engine.login('upstox'))
    await clock.untilWaitingFor(21_000)
    expect(account('upstox').codesSent).toHaveLength(1)
    clock.advance(21_000)
    expect((await login).kind).toBe('bad-totp')
    expect(sent('/login/open/v6/auth/1fa/otp/generate')).toBe(2)
    const { codesSent, spent } = account('upstox')
    expect(spent).toEqual({ password: 0, code: 2 })
    expect(new Set(codesSent).size).toBe(2)
  })
})
