import { afterEach, describe, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectOptions, type KiteConnectPractice } from '../../../../practice/kite-connect.ts'
import type { PlannedFault } from '../../../../practice/faults.ts'
import { domain } from '../../../../tests/support/harness.ts'
import type { ProblemKind } from '../../../contract/state.ts'
import { LOGIN_DEADLINE_MS } from '../../login/engine.ts'
import { LoginError } from '../../errors.ts'
import { REQUEST_TIMEOUT_MS } from '../../../adapters/http.ts'

const running: KiteConnectPractice[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((broker) => broker.stop()))
})

/** A practice broker on the test's clock with one account at it; `typed` is what the user enters in place of the right values. */
async function morningWith(options: KiteConnectOptions = {}, typed: Readonly<Record<string, string>> = {}) {
  const parts = domain()
  const broker = await startKiteConnect({ now: () => parts.clock.now(), ...options })
  running.push(broker)
  const values = { ...broker.credentials, ...typed }
  const endpoints = broker.endpoints
  await parts.accounts.add({ name: 'kite', brokerId: 'kite-connect', values, endpoints, acceptTerms: true })
  return { ...parts, broker, endpoints }
}

async function failure(login: Promise<unknown>): Promise<LoginError> {
  const error = await login.then(
    () => 'it succeeded',
    (reason: unknown) => reason,
  )
  if (!(error instanceof LoginError)) throw new Error(`expected a LoginError, got ${String(error)}`)
  return error
}

describe('a login that works', () => {
  test('ends with a token that the broker accepts until 06:00 tomorrow', async () => {
    const { engine, tokens, account, broker } = await morningWith()
    expect(await engine.login('kite')).toBe('obtained')
    expect(tokens.freshness('kite')).toBe('fresh')
    expect(new Date(account('kite').token?.expiresAt ?? 0).toISOString()).toBe('2026-11-22T00:30:00.000Z')
    const profile = await fetch(`${broker.endpoints.api}/user/profile`, {
      headers: {
        'X-Kite-Version': '3',
        Authorization: `token ${broker.credentials.api_key}:${(await tokens.primary('kite')).reveal()}`,
      },
    })
    expect(profile.status).toBe(200)
  })

  test('takes the fewest requests that the protocol allows and reports each step', async () => {
    const { engine, broker } = await morningWith()
    const steps: string[] = []
    engine.onProgress(() => {
      const progress = engine.progress.get('kite')
      if (progress !== undefined) steps.push(`${String(progress.step)}/${String(progress.total)} ${progress.label}`)
    })
    await engine.login('kite')
    expect(broker.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /connect/login',
      'POST /api/login',
      'POST /api/twofa',
      'GET /connect/finish',
      'POST /session/token',
      'GET /user/profile',
    ])
    expect([...new Set(steps)]).toEqual([
      '1/6 Opening Kite Connect',
      '2/6 Checking the password',
      '3/6 Checking the TOTP code',
      '4/6 Getting the request token',
      '5/6 Exchanging it for an access token',
      '6/6 Trying the access token',
    ])
    expect(engine.progress.size).toBe(0)
  })

  test.each([0, 1, 5, 7])('follows %i further redirects', async (redirectHops) => {
    const { engine } = await morningWith({ redirectHops })
    expect(await engine.login('kite')).toBe('obtained')
  })

  test.each(['two words', ' spaces at both ends ', 'a&b=c%d+e', '100%25', 'pässwörd ₹', '"quoted" \\ <b>'])(
    'sends the password %j unharmed',
    async (password) => {
      const { engine } = await morningWith({ credentials: { password } })
      expect(await engine.login('kite')).toBe('obtained')
    },
  )

  test.each(['jbswy3dpehpk3pxpjbswy3dpehpk3pxp', 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP', 'jbsw-y3dp-ehpk-3pxp-jbsw-y3dp-ehpk-3pxp===='])(
    'takes the TOTP secret as typed: %j',
    async (typed) => {
      const options = { credentials: { totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' } }
      const { engine } = await morningWith(options, { totp_secret: typed })
      expect(await engine.login('kite')).toBe('obtained')
    },
  )

  test('takes a TOTP secret whose length needs padding that is missing', async () => {
    const { engine } = await morningWith({ credentials: { totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEA' } })
    expect(await engine.login('kite')).toBe('obtained')
  })

  test('sends a code with its leading zeros', async () => {
    const { engine, broker, clock } = await morningWith()
    while (!broker.code().startsWith('0')) clock.advance(30_000)
    expect(await engine.login('kite')).toBe('obtained')
  })

  test('works with a machine clock that is two minutes off, either way', async () => {
    for (const drift of [-120_000, 120_000]) {
      const { engine, tokens, offset, clock } = await (async () => {
        const parts = domain()
        const broker = await startKiteConnect({ now: () => parts.clock.now() + drift })
        running.push(broker)
        const { credentials: values, endpoints } = broker
        await parts.accounts.add({ name: 'kite', brokerId: 'kite-connect', values, endpoints, acceptTerms: true })
        return parts
      })()
      expect(await engine.login('kite')).toBe('obtained')
      expect(tokens.freshness('kite')).toBe('fresh')
      expect(Math.abs(offset.brokerNow() - clock.now() - drift)).toBeLessThan(1_500)
    }
  })

  test('never fetches the registered redirect address', async () => {
    const { engine, broker } = await morningWith({ redirectUrl: 'http://127.0.0.1:9/never' })
    expect(await engine.login('kite')).toBe('obtained')
    expect(broker.requests.some(({ path }) => path === '/never')).toBe(false)
  })
})

describe('what the user has wrong', () => {
  test('a wrong password: sent once, the broker’s words kept, then no more until it is entered again', async () => {
    const { engine, broker, account, accounts, endpoints } = await morningWith({}, { password: 'not it' })
    const error = await failure(engine.login('kite'))
    expect(error.kind).toBe('bad-credentials')
    expect(error.brokerWords).not.toBe(null)
    expect(account('kite').problem?.kind).toBe('bad-credentials')
    expect((await failure(engine.login('kite'))).kind).toBe('budget-spent')
    expect((await failure(engine.login('kite', { force: true }))).kind).toBe('budget-spent')
    expect(broker.wrongPasswords).toBe(1)
    const { password } = broker.credentials
    await accounts.change('kite', { values: { password }, endpoints, acceptTerms: false })
    expect(await engine.login('kite')).toBe('obtained')
    expect(account('kite').problem).toBe(null)
  })

  test('a wrong TOTP secret: two codes at most, in different windows', async () => {
    const { engine, broker, clock } = await morningWith({}, { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' })
    expect((await failure(engine.login('kite'))).kind).toBe('bad-totp')
    const second = failure(engine.login('kite'))
    await broker.waitFor('POST /api/login', 2)
    await clock.untilWaitingFor(25_000)
    expect(broker.wrongCodes).toBe(1)
    clock.advance(25_000)
    expect((await second).kind).toBe('bad-totp')
    expect((await failure(engine.login('kite'))).kind).toBe('budget-spent')
    expect(broker.wrongCodes).toBe(2)
  })

  test('a wrong API secret is told apart from a wrong password', async () => {
    const { engine } = await morningWith({}, { api_secret: 'practicesecretwrong' })
    const error = await failure(engine.login('kite'))
    expect(error.kind).toBe('app-config')
    expect(error.brokerWords).toContain('checksum')
  })

  test('a wrong API key', async () => {
    const { engine, broker } = await morningWith({}, { api_key: 'otherkey' })
    expect((await failure(engine.login('kite'))).kind).toBe('app-config')
    expect(broker.wrongPasswords).toBe(0)
  })

  test.each(['app_code', 'sms'] as const)('an account on %s: no code is sent', async (factor) => {
    const { engine, broker, account } = await morningWith({ twofaTypes: [factor] })
    const error = await failure(engine.login('kite'))
    expect(error.kind).toBe('second-factor-mismatch')
    expect(broker.requests.some(({ path }) => path === '/api/twofa')).toBe(false)
    expect(account('kite').spent).toEqual({ password: 0, code: 0 })
  })

  test('an app that was never authorised: where to do it is said', async () => {
    const { engine, broker } = await morningWith({ authorised: false })
    const error = await failure(engine.login('kite'))
    expect(error.kind).toBe('consent-required')
    expect(error.next).toContain(`${broker.endpoints.web}/connect/login?v=3&api_key=${broker.credentials.api_key}`)
  })

  test('an account that the broker has locked', async () => {
    const { engine, broker } = await morningWith()
    const form = { user_id: broker.credentials.user_id, password: 'someone else guessing' }
    const opened = await fetch(`${broker.endpoints.web}/connect/login?v=3&api_key=${broker.credentials.api_key}`, {
      redirect: 'manual',
    })
    const cookie = opened.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ')
    for (let guess = 0; guess < 5; guess++) {
      await fetch(`${broker.endpoints.web}/api/login`, {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams(form),
      })
    }
    const error = await failure(engine.login('kite'))
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
    [{ at: 'POST /session/token', kind: 'status', status: 429, body: 'json', retryAfter: '60' }, 'rate-limited'],
    [{ at: 'GET /connect/login', kind: 'status', status: 429, body: 'html' }, 'rate-limited'],
    [{ at: 'POST /api/login', kind: 'status', status: 502, body: 'html' }, 'broker-down'],
    [{ at: 'POST /api/twofa', kind: 'status', status: 503, body: 'json' }, 'broker-down'],
    [{ at: 'POST /session/token', kind: 'status', status: 504, body: 'html' }, 'broker-down'],
    [{ at: 'POST /session/token', kind: 'error-200' }, 'token-expired'],
    [{ at: 'GET /connect/finish', kind: 'redirect-loop', times: Infinity }, 'protocol-changed'],
    [{ at: 'GET /connect/finish', kind: 'redirect', location: 'https://example.com/elsewhere' }, 'protocol-changed'],
    [{ at: 'GET /connect/finish', kind: 'redirect', location: '/connect/login?again' }, 'protocol-changed'],
    [
      {
        at: 'GET /connect/finish',
        kind: 'redirect',
        location: 'http://127.0.0.1:9/registered-redirect?status=error&message=App+is+disabled',
      },
      'app-config',
    ],
    [{ at: 'POST /api/login', kind: 'oversized' }, 'protocol-changed'],
    [{ at: 'POST /api/login', kind: 'endless' }, 'protocol-changed'],
  ]
  test.each(cases)('%o ends in %s', async (fault, kind) => {
    const { engine, broker, account, tokens } = await morningWith()
    broker.fault(fault)
    const error = await failure(engine.login('kite'))
    expect(error.kind).toBe(kind)
    expect(error.next).not.toBe('')
    expect(account('kite').problem?.kind).toBe(kind)
    expect(tokens.freshness('kite')).toBe('none')
  })

  test.each(['hang', 'stall', 'trickle'] as const)('a reply that never ends (%s) is given up in time', async (kind) => {
    const { engine, broker, clock } = await morningWith()
    broker.fault({ at: 'GET /connect/login', kind })
    const login = failure(engine.login('kite'))
    await broker.waitFor('GET /connect/login')
    clock.advance(REQUEST_TIMEOUT_MS)
    expect((await login).kind).toBe('timeout')
    expect(await engine.login('kite')).toBe('obtained')
  })

  test('a login has a deadline as a whole', async () => {
    const { engine, broker, clock } = await morningWith({ redirectHops: 3 })
    broker.fault({ at: 'GET /connect/finish', kind: 'redirect-loop', times: Infinity })
    broker.fault({ at: 'POST /api/twofa', kind: 'hang' })
    const login = failure(engine.login('kite'))
    await broker.waitFor('POST /api/twofa')
    clock.advance(LOGIN_DEADLINE_MS)
    expect((await login).kind).toBe('timeout')
  })

  test('an unreachable broker costs no attempt', async () => {
    const { engine, broker, account } = await morningWith()
    await broker.stop()
    expect((await failure(engine.login('kite'))).kind).toBe('network')
    expect(account('kite').spent).toEqual({ password: 0, code: 0 })
  })

  test('a password whose reply was lost counts as spent, and is not sent again unasked', async () => {
    const { engine, broker, account } = await morningWith()
    broker.fault({ at: 'POST /api/login', kind: 'reset-after-processing' })
    const error = await failure(engine.login('kite'))
    expect(error.kind).toBe('budget-spent')
    expect(error.retrySafe).toBe(false)
    expect(account('kite').spent.password).toBe(1)
    expect((await failure(engine.login('kite'))).kind).toBe('budget-spent')
    expect(broker.requests.filter(({ path }) => path === '/api/login')).toHaveLength(1)
  })

  test('a broker that is down while the password is asked for costs no attempt', async () => {
    const { engine, broker } = await morningWith()
    broker.fault({ at: 'POST /api/login', kind: 'status', status: 503, body: 'json' })
    expect((await failure(engine.login('kite'))).kind).toBe('broker-down')
    expect(await engine.login('kite')).toBe('obtained')
  })

  test('a broker that repeats what was sent does not get a secret into its words', async () => {
    const password = 'made up & <marked> pass'
    const { engine, broker, account } = await morningWith({ credentials: { password } })
    broker.fault({ at: 'POST /api/login', kind: 'echo' })
    const { brokerWords } = await failure(engine.login('kite'))
    expect(brokerWords).toContain('[secret]')
    for (const text of [brokerWords, JSON.stringify(account('kite'))]) {
      expect(text).not.toContain('marked')
      expect(text).not.toContain(encodeURIComponent('& <'))
    }
  })

  test('a 10 kB message of control characters and markup is kept short and plain', async () => {
    const { engine, broker } = await morningWith()
    broker.fault({ at: 'POST /api/login', kind: 'hostile-message' })
    const { brokerWords } = await failure(engine.login('kite'))
    expect(brokerWords?.length).toBeLessThanOrEqual(501)
    // eslint-disable-next-line no-control-regex -- the characters that must be gone
    expect(brokerWords).not.toMatch(/[\u0000-\u001f\u202a-\u202e]/)
  })
})

describe('the token afterwards', () => {
  test('is asked about before a new login, which is then not made', async () => {
    const { engine, broker } = await morningWith()
    await engine.login('kite')
    expect(await engine.login('kite')).toBe('kept')
    expect(broker.loginsCompleted).toBe(1)
  })

  test('is replaced when the broker has ended it', async () => {
    const { engine, broker, clock } = await morningWith()
    await engine.login('kite')
    broker.masterLogout()
    clock.advance(30_000)
    expect(await engine.login('kite')).toBe('obtained')
    expect(broker.loginsCompleted).toBe(2)
  })

  test('is unverified, not expired, while the broker can’t be asked', async () => {
    const { engine, broker, tokens } = await morningWith()
    await engine.login('kite')
    broker.fault({ at: 'GET /user/profile', kind: 'status', status: 503, body: 'json' })
    expect((await failure(engine.probe('kite', new AbortController().signal))).kind).toBe('broker-down')
    expect(tokens.freshness('kite')).toBe('unverified')
  })

  test('is expired at 06:00 without asking anyone', async () => {
    const { engine, broker, tokens, clock } = await morningWith()
    await engine.login('kite')
    const asked = broker.requests.length
    clock.advance(22 * 60 * 60_000)
    expect(tokens.freshness('kite')).toBe('expired')
    expect(broker.requests).toHaveLength(asked)
    expect((await failure(tokens.bundle('kite'))).kind).toBe('token-expired')
  })

  test('is revoked at the broker and forgotten here by a logout', async () => {
    const { engine, broker, tokens } = await morningWith()
    await engine.login('kite')
    const token = (await tokens.primary('kite')).reveal()
    await engine.logout('kite', new AbortController().signal)
    expect(tokens.freshness('kite')).toBe('none')
    const headers = { 'X-Kite-Version': '3', Authorization: `token ${broker.credentials.api_key}:${token}` }
    expect((await fetch(`${broker.endpoints.api}/user/profile`, { headers })).status).toBe(403)
  })
})
