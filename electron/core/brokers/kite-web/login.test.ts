import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { kiteWebMorning } from '../../../../tests/support/kite-morning.ts'

const never = new AbortController().signal
const DAY_MS = 24 * 60 * 60_000

describe('a login that works', () => {
  test('ends with an enctoken that opens what Kite’s own page shows', async () => {
    const { engine, tokens, account, broker } = await kiteWebMorning()
    expect(await engine.login('kite')).toBe('obtained')
    const { enctoken, user_id } = await tokens.bundle('kite')
    expect(user_id?.reveal()).toBe(broker.credentials.user_id)
    expect(await tokens.primary('kite')).toBe(enctoken)
    const headers = { Authorization: `enctoken ${enctoken?.reveal() ?? ''}` }
    for (const path of ['/user/profile', '/portfolio/holdings']) {
      expect((await fetch(`${broker.endpoints.web}/oms${path}`, { headers })).status).toBe(200)
    }
    expect(account('kite').problem).toBe(null)
  })

  test('says that the token works and not until when: Kite does not tell', async () => {
    const { engine, tokens, account } = await kiteWebMorning()
    await engine.login('kite')
    expect(tokens.freshness('kite')).toBe('fresh')
    expect(account('kite').token?.expiresAt).toBe(null)
  })

  test('takes the fewest requests that the protocol allows and reports each step', async () => {
    const { engine, broker } = await kiteWebMorning()
    const steps: string[] = []
    engine.onProgress(() => {
      const { step, label } = engine.progress.get('kite') ?? {}
      if (label !== undefined) steps.push(`${String(step)} ${label}`)
    })
    await engine.login('kite')
    expect(broker.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/login',
      'POST /api/twofa',
      'GET /oms/user/profile',
    ])
    expect([...new Set(steps)]).toEqual([
      '1 Checking the password',
      '2 Checking the second factor',
      '3 Trying the enctoken',
    ])
  })

  test.each([-120_000, 120_000])('works with a Kite whose clock is %i ms ahead of ours', async (ahead) => {
    const { engine } = await kiteWebMorning({ brokerAheadMs: ahead })
    expect(await engine.login('kite')).toBe('obtained')
  })

  test('leaves no token in what is written down', async () => {
    const { engine, tokens, store } = await kiteWebMorning()
    await engine.login('kite')
    const enctoken = (await tokens.primary('kite')).reveal()
    expect(JSON.stringify(store.saved)).not.toContain(enctoken.slice(0, 20))
  })
})

describe('the token afterwards', () => {
  test('is asked about before a new login, which would sign the user out of Kite', async () => {
    const { engine, broker } = await kiteWebMorning()
    await engine.login('kite')
    expect(await engine.login('kite')).toBe('kept')
    expect(broker.loginsCompleted).toBe(1)
  })

  test('is replaced when the user has opened Kite in a browser', async () => {
    const { engine, broker, clock, tokens } = await kiteWebMorning()
    await engine.login('kite')
    broker.endSessions()
    expect((await loginFailure(engine.probe('kite', never))).kind).toBe('token-expired')
    expect(tokens.freshness('kite')).toBe('rejected')
    clock.advance(30_000)
    expect(await engine.login('kite')).toBe('obtained')
    expect(tokens.freshness('kite')).toBe('fresh')
  })

  test('is replaced when Kite answers it with 400, as it has been seen to', async () => {
    const { engine, broker, clock } = await kiteWebMorning()
    await engine.login('kite')
    clock.advance(30_000)
    const value = { status: 'error', message: 'Missing csrf_token', error_type: 'InputException', data: null }
    broker.fault({ at: 'GET /oms/user/profile', kind: 'json', status: 400, value })
    expect(await engine.login('kite')).toBe('obtained')
  })

  test('is replaced the next morning, once Kite has said that it ended', async () => {
    const { engine, broker, clock } = await kiteWebMorning()
    await engine.login('kite')
    clock.advance(DAY_MS)
    expect(await engine.login('kite')).toBe('obtained')
    expect(broker.loginsCompleted).toBe(2)
  })

  test('is unverified while Kite can’t be asked', async () => {
    const { engine, broker, tokens } = await kiteWebMorning()
    await engine.login('kite')
    broker.fault({ at: 'GET /oms/user/profile', kind: 'status', status: 503, body: 'json' })
    expect((await loginFailure(engine.probe('kite', never))).kind).toBe('broker-down')
    expect(tokens.freshness('kite')).toBe('unverified')
  })
})

describe('a logout', () => {
  async function loggedIn() {
    const parts = await kiteWebMorning()
    await parts.engine.login('kite')
    const enctoken = (await parts.tokens.primary('kite')).reveal()
    return { ...parts, isAlive: () => parts.broker.accepts({ enctoken }) }
  }

  test('ends the session at Kite and forgets the token', async () => {
    const { engine, isAlive, tokens } = await loggedIn()
    expect(isAlive()).toBe(true)
    await engine.logout('kite', never)
    expect(isAlive()).toBe(false)
    expect(tokens.freshness('kite')).toBe('none')
  })

  test.each([
    { kind: 'html-wall', status: 403 },
    { kind: 'status', status: 404 },
    { kind: 'status', status: 502, body: 'html' },
  ] as const)('forgets the token whatever Kite answers: %o', async (fault) => {
    const { broker, engine, tokens } = await loggedIn()
    broker.fault({ at: 'GET /logout', ...fault })
    await engine.logout('kite', never)
    expect(tokens.freshness('kite')).toBe('none')
  })

  test('that never reached Kite is an error: the token is still good', async () => {
    const { broker, engine, tokens } = await loggedIn()
    await broker.stop()
    expect((await loginFailure(engine.logout('kite', never))).kind).toBe('network')
    expect(tokens.freshness('kite')).toBe('fresh')
  })
})
