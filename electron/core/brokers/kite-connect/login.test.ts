import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { kiteMorning } from '../../../../tests/support/kite-morning.ts'
import { until } from '../../../../tests/support/until.ts'

describe('a login that works', () => {
  test('ends with a token that the broker accepts until 06:00 tomorrow', async () => {
    const { engine, tokens, account, broker } = await kiteMorning()
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
    const { engine, broker } = await kiteMorning()
    const steps: string[] = []
    engine.onProgress(() => {
      const progress = engine.progress.get('kite')
      if (progress !== undefined)
        steps.push(`${String(progress.step)}/${String(progress.total)} ${progress.label}`)
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
      '3/6 Checking the second factor',
      '4/6 Getting the request token',
      '5/6 Exchanging it for an access token',
      '6/6 Trying the access token',
    ])
    expect(engine.progress.size).toBe(0)
  })

  test.each([0, 1, 5, 7])('follows %i further redirects', async (redirectHops) => {
    const { engine } = await kiteMorning({ redirectHops })
    expect(await engine.login('kite')).toBe('obtained')
  })

  test.each(['two words', ' spaces at both ends ', 'a&b=c%d+e', '100%25', 'pässwörd ₹', '"quoted" \\ <b>'])(
    'sends the password %j unharmed',
    async (password) => {
      const { engine } = await kiteMorning({ credentials: { password } })
      expect(await engine.login('kite')).toBe('obtained')
    },
  )

  test.each([
    'jbswy3dpehpk3pxpjbswy3dpehpk3pxp',
    'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP',
    'jbsw-y3dp-ehpk-3pxp-jbsw-y3dp-ehpk-3pxp====',
  ])('takes the TOTP secret as typed: %j', async (typed) => {
    const { engine } = await kiteMorning({
      credentials: { totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' },
      typed: { totp_secret: typed },
    })
    expect(await engine.login('kite')).toBe('obtained')
  })

  test('takes a TOTP secret whose length needs padding that is missing', async () => {
    const { engine } = await kiteMorning({ credentials: { totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEA' } })
    expect(await engine.login('kite')).toBe('obtained')
  })

  test('sends a code with its leading zeros', async () => {
    const { engine, broker, clock } = await kiteMorning()
    while (!broker.code().startsWith('0')) clock.advance(30_000)
    expect(await engine.login('kite')).toBe('obtained')
  })

  test.each([-120_000, 120_000])(
    'works with a broker whose clock is %i ms ahead of ours',
    async (brokerAheadMs) => {
      const { engine, tokens, offset, clock } = await kiteMorning({ brokerAheadMs })
      expect(await engine.login('kite')).toBe('obtained')
      expect(tokens.freshness('kite')).toBe('fresh')
      expect(Math.abs(offset.brokerNow() - clock.now() - brokerAheadMs)).toBeLessThan(1_500)
    },
  )

  test.each([-90_300, 89_900, 90_000, 90_100, 90_400, 90_900])(
    'begun in the last seconds of a window, has its code taken by a broker whose clock is %i ms ahead',
    async (brokerAheadMs) => {
      const { engine, broker, clock, store } = await kiteMorning({ brokerAheadMs })
      const intoWindow = (clock.now() + brokerAheadMs) % 30_000
      clock.advance(58_400 - intoWindow)
      const login = engine.login('kite')
      const waits = (): boolean =>
        [...engine.progress.values()].some(({ label }) => label.includes('next TOTP code'))
      await until('the wait for the next code', () => (waits() ? true : null))
      // Advances only by the requested wait, because a millisecond earlier the window has another code.
      while (store.state.accounts[0]?.codesSent.length === 0) {
        clock.advance(1)
        await new Promise((resolve) => setImmediate(resolve))
      }
      expect(await login).toBe('obtained')
      expect(broker.wrongCodes).toBe(0)
    },
  )

  test('never fetches the registered redirect address', async () => {
    const { engine, broker } = await kiteMorning({ redirectUrl: 'http://127.0.0.1:9/never' })
    expect(await engine.login('kite')).toBe('obtained')
    expect(broker.requests.some(({ path }) => path === '/never')).toBe(false)
  })
})

describe('the token afterwards', () => {
  test('is asked about before a new login, which is then not made', async () => {
    const { engine, broker } = await kiteMorning()
    await engine.login('kite')
    expect(await engine.login('kite')).toBe('kept')
    expect(broker.loginsCompleted).toBe(1)
  })

  test('is replaced when the broker has ended it', async () => {
    const { engine, broker, clock } = await kiteMorning()
    await engine.login('kite')
    broker.endSessions()
    clock.advance(30_000)
    expect(await engine.login('kite')).toBe('obtained')
    expect(broker.loginsCompleted).toBe(2)
  })

  test('is unverified, not expired, while the broker can’t be asked', async () => {
    const { engine, broker, tokens } = await kiteMorning()
    await engine.login('kite')
    broker.fault({ at: 'GET /user/profile', kind: 'status', status: 503, body: 'json' })
    expect((await loginFailure(engine.probe('kite', new AbortController().signal))).kind).toBe('broker-down')
    expect(tokens.freshness('kite')).toBe('unverified')
  })

  test('is expired at 06:00 without asking anyone', async () => {
    const { engine, broker, tokens, clock } = await kiteMorning()
    await engine.login('kite')
    const asked = broker.requests.length
    clock.advance(22 * 60 * 60_000)
    expect(tokens.freshness('kite')).toBe('expired')
    expect(broker.requests).toHaveLength(asked)
    expect((await loginFailure(tokens.bundle('kite'))).kind).toBe('token-expired')
  })

  test('is revoked at the broker and forgotten here by a logout', async () => {
    const { engine, broker, tokens } = await kiteMorning()
    await engine.login('kite')
    const token = (await tokens.primary('kite')).reveal()
    await engine.logout('kite', new AbortController().signal)
    expect(tokens.freshness('kite')).toBe('none')
    const headers = { 'X-Kite-Version': '3', Authorization: `token ${broker.credentials.api_key}:${token}` }
    expect((await fetch(`${broker.endpoints.api}/user/profile`, { headers })).status).toBe(403)
  })
})
