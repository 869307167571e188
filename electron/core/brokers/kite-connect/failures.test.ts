import { describe, expect, test } from 'vitest'
import type { PlannedFault } from '../../../../practice/faults.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { kiteMorning } from '../../../../tests/support/kite-morning.ts'
import { REQUEST_TIMEOUT_MS } from '../../../adapters/http.ts'
import type { ProblemKind } from '../../../contract/state.ts'
import { LOGIN_DEADLINE_MS } from '../../concurrency/deadline.ts'

const refusal = (error_type: string, message: string) => ({
  status: 'error',
  message,
  error_type,
  data: null,
})

describe('what the user has wrong', () => {
  test('a wrong password: sent once, the broker’s words kept, then no more until it is entered again', async () => {
    const { engine, broker, account, accounts, endpoints } = await kiteMorning({
      typed: { password: 'not it' },
    })
    const error = await loginFailure(engine.login('kite'))
    expect(error.kind).toBe('bad-credentials')
    expect(error.brokerWords).not.toBe(null)
    expect(account('kite').problem?.kind).toBe('bad-credentials')
    expect((await loginFailure(engine.login('kite'))).kind).toBe('budget-spent')
    expect((await loginFailure(engine.login('kite', { force: true }))).kind).toBe('budget-spent')
    expect(broker.wrongPasswords).toBe(1)
    const { password } = broker.credentials
    await accounts.change('kite', { values: { password }, endpoints, acceptTerms: false })
    expect(await engine.login('kite')).toBe('obtained')
    expect(account('kite').problem).toBe(null)
  })

  test('a wrong password stays the account’s problem while the old token works, until it is entered again', async () => {
    const { engine, broker, account, accounts, endpoints } = await kiteMorning()
    await engine.login('kite')
    const enter = (password: string): Promise<void> =>
      accounts.change('kite', { values: { password }, endpoints, acceptTerms: false })
    await enter('not it')
    await loginFailure(engine.login('kite', { force: true }))
    broker.fault({ at: 'GET /user/profile', kind: 'status', status: 502, body: 'html' })
    expect((await loginFailure(engine.login('kite'))).kind).toBe('broker-down')
    expect(account('kite').problem?.kind).toBe('bad-credentials')
    expect(await engine.login('kite')).toBe('kept')
    expect(account('kite').problem?.kind).toBe('bad-credentials')
    await enter(broker.credentials.password)
    expect(account('kite').problem).toBe(null)
  })

  test('trouble that has passed is forgotten once the token at hand is seen to work', async () => {
    const { engine, broker, account } = await kiteMorning()
    await engine.login('kite')
    broker.fault({ at: 'GET /user/profile', kind: 'status', status: 502, body: 'html' })
    await loginFailure(engine.login('kite'))
    expect(account('kite').problem?.kind).toBe('broker-down')
    expect(await engine.login('kite')).toBe('kept')
    expect(account('kite').problem).toBe(null)
  })

  test('a wrong TOTP secret: two codes at most, in different windows', async () => {
    const { engine, broker, clock } = await kiteMorning({
      typed: { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' },
    })
    const login = loginFailure(engine.login('kite'))
    await broker.waitFor('POST /api/login', 2)
    await clock.untilWaitingFor(25_000)
    expect(broker.wrongCodes).toBe(1)
    clock.advance(25_000)
    expect((await login).kind).toBe('bad-totp')
    expect((await loginFailure(engine.login('kite'))).kind).toBe('budget-spent')
    expect(broker.wrongCodes).toBe(2)
  })

  test('a wrong API secret is told apart from a wrong password', async () => {
    const { engine } = await kiteMorning({ typed: { api_secret: 'practicesecretwrong' } })
    const error = await loginFailure(engine.login('kite'))
    expect(error.kind).toBe('app-config')
    expect(error.brokerWords).toContain('checksum')
  })

  test('a wrong API key', async () => {
    const { engine, broker } = await kiteMorning({ typed: { api_key: 'otherkey' } })
    expect((await loginFailure(engine.login('kite'))).kind).toBe('app-config')
    expect(broker.wrongPasswords).toBe(0)
  })

  test.each(['app_code', 'sms'] as const)('an account on %s: no code is sent', async (factor) => {
    const { engine, broker, account } = await kiteMorning({ twofaTypes: [factor] })
    const error = await loginFailure(engine.login('kite'))
    expect(error.kind).toBe('second-factor-mismatch')
    expect(broker.requests.some(({ path }) => path === '/api/twofa')).toBe(false)
    expect(account('kite').spent).toEqual({ password: 0, code: 0 })
  })

  test('an app that was never authorised: where to do it is said', async () => {
    const { engine, broker } = await kiteMorning({ authorised: false })
    const error = await loginFailure(engine.login('kite'))
    expect(error.kind).toBe('consent-required')
    expect(error.next).toContain(
      `${broker.endpoints.web}/connect/login?v=3&api_key=${broker.credentials.api_key}`,
    )
  })

  test('an account that the broker has locked', async () => {
    const { engine, broker } = await kiteMorning()
    const form = { user_id: broker.credentials.user_id, password: 'someone else guessing' }
    const opened = await fetch(
      `${broker.endpoints.web}/connect/login?v=3&api_key=${broker.credentials.api_key}`,
      {
        redirect: 'manual',
      },
    )
    const cookie = opened.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    for (let guess = 0; guess < 5; guess++) {
      await fetch(`${broker.endpoints.web}/api/login`, {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams(form),
      })
    }
    const error = await loginFailure(engine.login('kite'))
    expect(error.kind).toBe('account-locked')
    expect(error.next).toContain('password')
  })
})

describe('what goes wrong on the way', () => {
  const cases: [PlannedFault, ProblemKind][] = [
    [{ at: 'POST /api/login', kind: 'html-wall', status: 200 }, 'bot-wall'],
    [{ at: 'POST /api/login', kind: 'html-wall', status: 403 }, 'bot-wall'],
    [{ at: 'GET /connect/login', kind: 'html-wall', status: 403 }, 'bot-wall'],
    [{ at: 'POST /api/twofa', kind: 'truncated' }, 'protocol-changed'],
    [{ at: 'POST /api/twofa', kind: 'cut-mid-body' }, 'network'],
    [{ at: 'GET /connect/login', kind: 'reset' }, 'network'],
    [
      { at: 'POST /session/token', kind: 'status', status: 429, body: 'json', retryAfter: '60' },
      'rate-limited',
    ],
    [{ at: 'GET /connect/login', kind: 'status', status: 429, body: 'html' }, 'rate-limited'],
    [{ at: 'GET /connect/login', kind: 'status', status: 502, body: 'html' }, 'broker-down'],
    [{ at: 'POST /api/twofa', kind: 'status', status: 503, body: 'json' }, 'broker-down'],
    [{ at: 'POST /session/token', kind: 'status', status: 504, body: 'html' }, 'broker-down'],
    [{ at: 'GET /connect/finish', kind: 'redirect-loop', times: Infinity }, 'protocol-changed'],
    [
      { at: 'GET /connect/finish', kind: 'redirect', location: 'https://example.com/elsewhere' },
      'protocol-changed',
    ],
    [{ at: 'GET /connect/finish', kind: 'redirect', location: '/connect/login?again' }, 'protocol-changed'],
    [
      {
        at: 'POST /session/token',
        kind: 'json',
        status: 503,
        value: refusal('DataException', 'OMS is down'),
      },
      'broker-down',
    ],
    [
      { at: 'GET /user/profile', kind: 'json', status: 502, value: refusal('NetworkException', 'No OMS') },
      'broker-down',
    ],
    [
      { at: 'GET /user/profile', kind: 'json', status: 429, value: refusal('NetworkException', 'Too many') },
      'rate-limited',
    ],
    [{ at: 'POST /api/login', kind: 'oversized' }, 'protocol-changed'],
    [{ at: 'POST /api/login', kind: 'endless' }, 'protocol-changed'],
  ]
  test.each(cases)('%o ends in %s', async (fault, kind) => {
    const { engine, broker, account, tokens } = await kiteMorning()
    broker.fault(fault)
    const error = await loginFailure(engine.login('kite'))
    expect(error.kind).toBe(kind)
    expect(error.next).not.toBe('')
    expect(account('kite').problem?.kind).toBe(kind)
    // A token that could not be checked is kept, but not called fresh.
    expect(tokens.freshness('kite')).toBe(fault.at === 'GET /user/profile' ? 'unverified' : 'none')
  })

  test('a login that Kite ends at the registered address says why, in Kite’s words', async () => {
    const { engine, broker } = await kiteMorning()
    const location = 'http://127.0.0.1:9/registered-redirect?status=error&message=App+is+disabled'
    broker.fault({ at: 'GET /connect/finish', kind: 'redirect', location })
    const error = await loginFailure(engine.login('kite'))
    expect(error).toMatchObject({ kind: 'app-config', brokerWords: 'App is disabled' })
  })

  test('a request token that is refused is fetched once more, from the start', async () => {
    const { engine, broker, clock } = await kiteMorning()
    broker.fault({ at: 'POST /session/token', kind: 'error-200' })
    const login = engine.login('kite')
    await clock.untilWaitingFor(25_000)
    clock.advance(25_000)
    expect(await login).toBe('obtained')
    expect(broker.requests.filter(({ path }) => path === '/session/token')).toHaveLength(2)
  })

  test.each([
    'Token is invalid or has expired.',
    // A former problem: https://github.com/zerodha/kiteconnectjs/issues/3
    'Invalid session credentials',
  ])('a request token that is refused twice (“%s”) is the end', async (message) => {
    const { engine, broker, clock } = await kiteMorning()
    const value = refusal('TokenException', message)
    broker.fault({ at: 'POST /session/token', kind: 'json', status: 403, value, times: Infinity })
    const login = loginFailure(engine.login('kite'))
    await clock.untilWaitingFor(25_000)
    clock.advance(25_000)
    expect(await login).toMatchObject({ kind: 'token-expired', brokerWords: message })
    expect(broker.requests.filter(({ path }) => path === '/session/token')).toHaveLength(2)
  })

  test.each(['hang', 'stall', 'trickle'] as const)(
    'a reply that never ends (%s) is given up in time',
    async (kind) => {
      const { engine, broker, clock } = await kiteMorning()
      broker.fault({ at: 'GET /connect/login', kind })
      const login = loginFailure(engine.login('kite'))
      await broker.waitFor('GET /connect/login')
      clock.advance(REQUEST_TIMEOUT_MS)
      expect((await login).kind).toBe('timeout')
      expect(await engine.login('kite')).toBe('obtained')
    },
  )

  test('a login has a deadline as a whole', async () => {
    const { engine, broker, clock } = await kiteMorning({ redirectHops: 3 })
    broker.fault({ at: 'GET /connect/finish', kind: 'redirect-loop', times: Infinity })
    broker.fault({ at: 'POST /api/twofa', kind: 'hang' })
    const login = loginFailure(engine.login('kite'))
    await broker.waitFor('POST /api/twofa')
    clock.advance(LOGIN_DEADLINE_MS)
    expect((await login).kind).toBe('timeout')
  })

  test('an unreachable broker costs no attempt', async () => {
    const { engine, broker, account } = await kiteMorning()
    await broker.stop()
    expect((await loginFailure(engine.login('kite'))).kind).toBe('network')
    expect(account('kite').spent).toEqual({ password: 0, code: 0 })
  })

  test('a password whose reply was lost counts as spent, and is not sent again unasked', async () => {
    const { engine, broker, account } = await kiteMorning()
    broker.fault({ at: 'POST /api/login', kind: 'reset-after-processing' })
    const error = await loginFailure(engine.login('kite'))
    expect(error.kind).toBe('budget-spent')
    expect(error.retrySafe).toBe(false)
    expect(account('kite').spent.password).toBe(1)
    expect((await loginFailure(engine.login('kite'))).kind).toBe('budget-spent')
    expect(broker.requests.filter(({ path }) => path === '/api/login')).toHaveLength(1)
  })

  test.each([500, 502, 504])(
    'a %i in reply to the password proves nothing: it counts as spent',
    async (status) => {
      const { engine, broker, account } = await kiteMorning()
      broker.fault({ at: 'POST /api/login', kind: 'status', status, body: 'html' })
      expect((await loginFailure(engine.login('kite'))).kind).toBe('budget-spent')
      expect(account('kite').spent.password).toBe(1)
    },
  )

  test('a broker that is down while the password is asked for costs no attempt', async () => {
    const { engine, broker } = await kiteMorning()
    broker.fault({ at: 'POST /api/login', kind: 'status', status: 503, body: 'json' })
    expect((await loginFailure(engine.login('kite'))).kind).toBe('broker-down')
    expect(await engine.login('kite')).toBe('obtained')
  })

  test('a broker that repeats what was sent does not get a secret into its words', async () => {
    const password = 'made up & <marked> pass'
    const { engine, broker, account } = await kiteMorning({ credentials: { password } })
    broker.fault({ at: 'POST /api/login', kind: 'echo' })
    const { brokerWords } = await loginFailure(engine.login('kite'))
    expect(brokerWords).toContain('[secret]')
    for (const text of [brokerWords, JSON.stringify(account('kite'))]) {
      expect(text).not.toContain('marked')
      expect(text).not.toContain(encodeURIComponent('& <'))
    }
  })

  test('a 10 kB message of control characters and markup is kept short and plain', async () => {
    const { engine, broker } = await kiteMorning()
    broker.fault({ at: 'POST /api/login', kind: 'hostile-message' })
    const { brokerWords } = await loginFailure(engine.login('kite'))
    expect(brokerWords?.length).toBeLessThanOrEqual(501)

    expect(brokerWords).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/)
  })
})
