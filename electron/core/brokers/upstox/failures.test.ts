import { describe, expect, test } from 'vitest'
import type { PlannedFault } from '../../../../practice/faults.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { routes, upstoxMorning } from '../../../../tests/support/upstox-morning.ts'
import { REQUEST_TIMEOUT_MS } from '../../../adapters/http.ts'
import type { ProblemKind } from '../../../contract/state.ts'
import { LOGIN_DEADLINE_MS } from '../../concurrency/deadline.ts'

const nothingSpent = { password: 0, code: 0 }

describe('what goes wrong on the way', () => {
  const cases: [PlannedFault, ProblemKind][] = [
    [{ at: routes.open, kind: 'reset' }, 'network'],
    [{ at: routes.open, kind: 'html-wall', status: 200 }, 'bot-wall'],
    [{ at: routes.open, kind: 'html-wall', status: 403 }, 'bot-wall'],
    [{ at: routes.number, kind: 'html-wall', status: 403 }, 'bot-wall'],
    [{ at: routes.pin, kind: 'html-wall', status: 200 }, 'bot-wall'],
    [{ at: routes.approve, kind: 'wrong-content-type' }, 'bot-wall'],
    [{ at: routes.open, kind: 'status', status: 429, body: 'html' }, 'rate-limited'],
    [{ at: routes.number, kind: 'status', status: 429, body: 'json', retryAfter: '60' }, 'rate-limited'],
    [{ at: routes.exchange, kind: 'status', status: 429, body: 'json' }, 'rate-limited'],
    [{ at: routes.open, kind: 'status', status: 502, body: 'html' }, 'broker-down'],
    [{ at: routes.number, kind: 'status', status: 500, body: 'json' }, 'broker-down'],
    [{ at: routes.code, kind: 'status', status: 503, body: 'json' }, 'broker-down'],
    [{ at: routes.exchange, kind: 'status', status: 504, body: 'html' }, 'broker-down'],
    [{ at: routes.exchange, kind: 'error-200' }, 'broker-down'],
    [{ at: routes.probe, kind: 'status', status: 503, body: 'json' }, 'broker-down'],
    [{ at: routes.number, kind: 'truncated' }, 'protocol-changed'],
    [{ at: routes.code, kind: 'truncated' }, 'protocol-changed'],
    [{ at: routes.code, kind: 'cut-mid-body' }, 'network'],
    [{ at: routes.exchange, kind: 'cut-mid-body' }, 'network'],
    [{ at: routes.number, kind: 'oversized' }, 'protocol-changed'],
    [{ at: routes.pin, kind: 'endless' }, 'protocol-changed'],
    [{ at: routes.approve, kind: 'status', status: 400, body: 'json' }, 'protocol-changed'],
    [{ at: routes.open, kind: 'redirect-loop', times: Infinity }, 'protocol-changed'],
    [{ at: routes.open, kind: 'redirect', location: 'https://example.com/' }, 'protocol-changed'],
  ]
  test.each(cases)('%o ends in %s', async (fault, kind) => {
    const { engine, broker, account, tokens } = await upstoxMorning()
    broker.fault(fault)
    const error = await loginFailure(engine.login('upstox'))
    expect(error.kind).toBe(kind)
    expect(error.next).not.toBe('')
    expect(account('upstox').problem?.kind).toBe(kind)
    expect(tokens.freshness('upstox')).not.toBe('fresh')
  })

  test('a login page without the names that its calls need is left alone', async () => {
    const { engine, broker, endpoints, account, sent } = await upstoxMorning()
    broker.fault({ at: routes.open, kind: 'redirect', location: `${endpoints.login}/?client_id=only` })
    const error = await loginFailure(engine.login('upstox'))
    expect(error.kind).toBe('protocol-changed')
    expect(error.message).toContain('login page')
    expect(sent('/login/open/v6/auth/1fa/otp/generate')).toBe(0)
    expect(account('upstox').spent).toEqual(nothingSpent)
  })

  test('names that lead anywhere but to the login page are not believed', async () => {
    const { engine, broker, paths } = await upstoxMorning()
    broker.fault({
      at: routes.open,
      kind: 'redirect',
      location: 'https://example.com/?client_id=PRACTICE-LOGIN-PAGES&user_id=PR0001',
    })
    const error = await loginFailure(engine.login('upstox'))
    expect(error.kind).toBe('protocol-changed')
    expect(error.message).toContain('example.com')
    expect(paths()).toEqual([routes.open])
  })

  test.each(['hang', 'stall', 'trickle'] as const)(
    'a reply that never ends (%s) is given up in time',
    async (kind) => {
      const { engine, broker, clock } = await upstoxMorning()
      broker.fault({ at: routes.number, kind })
      const login = loginFailure(engine.login('upstox'))
      await broker.waitFor(routes.number)
      clock.advance(REQUEST_TIMEOUT_MS)
      expect((await login).kind).toBe('timeout')
      expect(await engine.login('upstox')).toBe('obtained')
    },
  )

  test('a login has a deadline as a whole', async () => {
    const { engine, broker, clock } = await upstoxMorning()
    broker.fault({ at: routes.code, kind: 'hang' })
    const login = loginFailure(engine.login('upstox'))
    await broker.waitFor(routes.code)
    clock.advance(LOGIN_DEADLINE_MS)
    expect((await login).kind).toBe('timeout')
  })

  test('an unreachable broker costs no attempt', async () => {
    const { engine, broker, account } = await upstoxMorning()
    await broker.stop()
    expect((await loginFailure(engine.login('upstox'))).kind).toBe('network')
    expect(account('upstox').spent).toEqual(nothingSpent)
  })

  test('a PIN whose reply was lost counts as spent, and is not sent again unasked', async () => {
    const { engine, broker, account, sent } = await upstoxMorning()
    broker.fault({ at: routes.pin, kind: 'reset-after-processing' })
    const error = await loginFailure(engine.login('upstox'))
    expect(error.kind).toBe('budget-spent')
    expect(account('upstox').spent).toEqual({ password: 1, code: 0 })
    expect((await loginFailure(engine.login('upstox'))).kind).toBe('budget-spent')
    expect(sent('/login/open/v4/auth/2fa')).toBe(1)
  })

  test('a broker that is down while the PIN is asked for costs no attempt', async () => {
    const { engine, broker, account, clock } = await upstoxMorning()
    broker.fault({ at: routes.pin, kind: 'status', status: 503, body: 'json' })
    expect((await loginFailure(engine.login('upstox'))).kind).toBe('broker-down')
    expect(account('upstox').spent).toEqual(nothingSpent)
    clock.advance(30_000)
    expect(await engine.login('upstox')).toBe('obtained')
  })

  test.each([routes.code, routes.pin, routes.exchange])(
    'a broker that repeats what was sent at %s does not get a secret into its words',
    async (at) => {
      const { engine, broker, account } = await upstoxMorning()
      broker.fault({ at, kind: 'echo' })
      const code = broker.code()
      const { brokerWords } = await loginFailure(engine.login('upstox'))
      expect(brokerWords).toContain('[secret]')
      const { pin_code, client_secret } = broker.credentials
      const base64 = Buffer.from(pin_code).toString('base64')
      for (const text of [brokerWords, JSON.stringify(account('upstox'))])
        for (const secret of [pin_code, base64, client_secret, code]) expect(text).not.toContain(secret)
    },
  )
})
