import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { routes, upstoxMorning } from '../../../../tests/support/upstox-morning.ts'
import { Wiretap } from '../../../../tests/support/wiretap.ts'
import { LoginEngine } from '../../login/engine.ts'

/** Starts at an Upstox with a recorder of all requests. */
async function tappedMorning() {
  const parts = await upstoxMorning()
  const tap = new Wiretap(parts.openHttp)
  const engine = new LoginEngine({ ...parts, openHttp: tap.openHttp })
  return { ...parts, tap, engine }
}

describe('a login that works', () => {
  test('ends with a token that the broker accepts until 03:30 tomorrow', async () => {
    const { engine, tokens, account, broker } = await upstoxMorning()
    expect(await engine.login('upstox')).toBe('obtained')
    expect(tokens.freshness('upstox')).toBe('fresh')
    expect(new Date(account('upstox').token?.expiresAt ?? 0).toISOString()).toBe('2026-11-21T22:00:00.000Z')
    expect(broker.accepts({ access_token: (await tokens.primary('upstox')).reveal() })).toBe(true)
  })

  test('takes the fewest requests that the protocol allows and reports each step', async () => {
    const { engine, paths } = await upstoxMorning()
    const steps: string[] = []
    engine.onProgress(() => {
      const progress = engine.progress.get('upstox')
      if (progress !== undefined)
        steps.push(`${String(progress.step)}/${String(progress.total)} ${progress.label}`)
    })
    await engine.login('upstox')
    expect(paths()).toEqual(Object.values(routes))
    expect([...new Set(steps)]).toEqual([
      '1/7 Opening Upstox’s login',
      '2/7 Sending the mobile number',
      '3/7 Checking the TOTP code',
      '4/7 Checking the PIN',
      '5/7 Approving your app',
      '6/7 Exchanging the code for an access token',
      '7/7 Trying the access token',
    ])
    expect(engine.progress.size).toBe(0)
  })

  test.each([
    ['as long as the user wants', { delay_ms: '250' }, 250],
    ['a second unless the user wants another', { delay_ms: '' }, 1_000],
  ])('leaves a pause between its steps, %s', async (_how, typed, delay) => {
    const { engine, broker } = await upstoxMorning({ typed })
    await engine.login('upstox')
    const [start = 0, ...later] = broker.requests.map(({ at }) => at)
    expect(later.map((at) => at - start)).toEqual([1, 2, 3, 4, 5, 5, 5].map((steps) => steps * delay))
  })

  test('keeps its token when only that pause is changed', async () => {
    const { accounts, engine, endpoints, tokens } = await upstoxMorning()
    await engine.login('upstox')
    await accounts.change('upstox', { values: { delay_ms: '250' }, endpoints, acceptTerms: false })
    expect(tokens.freshness('upstox')).toBe('fresh')
    await accounts.change('upstox', { values: { client_id: 'another' }, endpoints, acceptTerms: false })
    expect(tokens.freshness('upstox')).toBe('none')
  })

  test('can be cancelled in a pause', async () => {
    const { engine, clock, paths } = await upstoxMorning({ pausesPass: false })
    const login = loginFailure(engine.login('upstox'))
    await clock.untilWaitingFor(1_000)
    engine.cancel('upstox')
    expect((await login).kind).toBe('cancelled')
    expect(paths()).toEqual([routes.open])
  })

  test('keeps one request id throughout, and takes another the next time', async () => {
    const { engine, tap, clock } = await tappedMorning()
    const idsOfLogin = async (): Promise<string[]> => {
      const before = tap.values('x-request-id').length
      await engine.login('upstox', { force: true })
      return tap.values('x-request-id').slice(before)
    }
    const first = await idsOfLogin()
    clock.advance(30_000)
    const second = await idsOfLogin()
    expect([first.length, new Set(first).size]).toEqual([4, 1])
    expect(first[0]).toMatch(/^WPRO-[A-Za-z0-9]{10}$/)
    expect([second.length, new Set(second).size]).toEqual([4, 1])
    expect(second[0]).not.toBe(first[0])
  })

  test('calls itself by its own name and by the same one each time', async () => {
    const { engine, tap, clock } = await tappedMorning()
    await engine.login('upstox')
    clock.advance(30_000)
    await engine.login('upstox', { force: true })
    const devices = tap.values('x-device-details')
    expect([devices.length, new Set(devices).size]).toEqual([8, 1])
    expect(devices[0]).not.toMatch(/Chrome|Mozilla|9000000000/)
  })

  test('sends no cookie where an app’s own server would ask', async () => {
    const { engine, broker, clock } = await upstoxMorning()
    await engine.login('upstox')
    await engine.login('upstox')
    await engine.logout('upstox', new AbortController().signal)
    clock.advance(30_000)
    const withCookies = broker.requests.filter(({ headerNames }) => headerNames.includes('cookie'))
    expect(withCookies.map(({ method, path }) => `${method} ${path}`)).toEqual([
      routes.code,
      routes.pin,
      routes.approve,
    ])
  })

  test.each([0, 1, 5, 7])('follows %i further redirects', async (redirectHops) => {
    const { engine } = await upstoxMorning({ redirectHops })
    expect(await engine.login('upstox')).toBe('obtained')
  })

  test.each([
    'https://example.com',
    'https://example.com/',
    'HTTPS://Example.com/Callback/../back?a=1&b=%20c',
    'http://localhost:3000',
    'myapp://callback',
    'https://example.com/käse/₹?x=a+b',
  ])('sends the redirect URL %s byte for byte', async (redirect_uri) => {
    const { engine } = await upstoxMorning({ credentials: { redirect_uri } })
    expect(await engine.login('upstox')).toBe('obtained')
  })

  test.each(['a&b=c%d+e', 'two words', '"quoted" \\ <b>', 'sécret₹'])(
    'sends the API secret %j unharmed',
    async (client_secret) => {
      const { engine } = await upstoxMorning({ credentials: { client_secret } })
      expect(await engine.login('upstox')).toBe('obtained')
    },
  )

  test.each(['0000', '00123', '246810'])('sends the PIN %s whole', async (pin_code) => {
    const { engine } = await upstoxMorning({ credentials: { pin_code } })
    expect(await engine.login('upstox')).toBe('obtained')
  })

  test('sends a code with its leading zeros', async () => {
    const { engine, broker, clock } = await upstoxMorning()
    while (!broker.code().startsWith('0')) clock.advance(30_000)
    expect(await engine.login('upstox')).toBe('obtained')
  })

  test.each([-120_000, 120_000])(
    'works with a broker whose clock is %i ms ahead of ours',
    async (brokerAheadMs) => {
      const { engine, tokens } = await upstoxMorning({ brokerAheadMs })
      expect(await engine.login('upstox')).toBe('obtained')
      expect(tokens.freshness('upstox')).toBe('fresh')
    },
  )

  test('never fetches the registered redirect URL, not even at the broker itself', async () => {
    const { engine, accounts, broker, endpoints, paths } = await upstoxMorning()
    const redirect_uri = `${endpoints.api}/registered-redirect`
    broker.change({ redirect_uri })
    await accounts.change('upstox', { values: { redirect_uri }, endpoints, acceptTerms: false })
    expect(await engine.login('upstox')).toBe('obtained')
    expect(paths()).toEqual(Object.values(routes))
  })
})

describe('the token afterwards', () => {
  test('is asked about before a new login, which is then not made', async () => {
    const { engine, broker } = await upstoxMorning()
    await engine.login('upstox')
    expect(await engine.login('upstox')).toBe('kept')
    expect(broker.loginsCompleted).toBe(1)
  })

  test('is replaced when the broker has ended it', async () => {
    const { engine, broker, clock } = await upstoxMorning()
    await engine.login('upstox')
    broker.endSessions()
    clock.advance(30_000)
    expect(await engine.login('upstox')).toBe('obtained')
    expect(broker.loginsCompleted).toBe(2)
  })

  test('is unverified, not expired, while the broker can’t be asked', async () => {
    const { engine, broker, tokens } = await upstoxMorning()
    await engine.login('upstox')
    broker.fault({ at: routes.probe, kind: 'status', status: 503, body: 'json' })
    expect((await loginFailure(engine.probe('upstox', new AbortController().signal))).kind).toBe(
      'broker-down',
    )
    expect(tokens.freshness('upstox')).toBe('unverified')
  })

  test('that was made at 02:30 is expired at 03:30 without asking anyone', async () => {
    const { engine, broker, tokens, clock } = await upstoxMorning()
    clock.advance((18 * 60 + 15) * 60_000)
    await engine.login('upstox')
    const asked = broker.requests.length
    clock.advance(59 * 60_000)
    expect(tokens.freshness('upstox')).not.toBe('expired')
    clock.advance(60_000)
    expect(tokens.freshness('upstox')).toBe('expired')
    expect(broker.requests).toHaveLength(asked)
  })

  test('is revoked at the broker and forgotten here by a logout', async () => {
    const { engine, broker, tokens } = await upstoxMorning()
    await engine.login('upstox')
    const access_token = (await tokens.primary('upstox')).reveal()
    await engine.logout('upstox', new AbortController().signal)
    expect(tokens.freshness('upstox')).toBe('none')
    expect(broker.accepts({ access_token })).toBe(false)
  })

  test('that is dead already can be logged out of', async () => {
    const { engine, broker, tokens } = await upstoxMorning()
    await engine.login('upstox')
    broker.endSessions()
    await engine.logout('upstox', new AbortController().signal)
    expect(tokens.freshness('upstox')).toBe('none')
  })
})
