import { describe, expect, test } from 'vitest'
import type { PlannedFault } from '../../../../practice/faults.ts'
import { kiteRefusal } from '../../../../practice/kite-connect/refusals.ts'
import { inputErrors, loginFailure } from '../../../../tests/support/failure.ts'
import { kiteWebMorning } from '../../../../tests/support/kite-morning.ts'
import type { ProblemKind } from '../../../contract/state.ts'

test('nobody gets such an account without having read what it is', async () => {
  const { accounts, broker, endpoints } = await kiteWebMorning()
  const input = { brokerId: 'kite-web', values: broker.credentials, endpoints, acceptTerms: false }
  expect(await inputErrors(() => accounts.add({ name: 'other', ...input }))).toHaveProperty('terms')
  const { sentence } = accounts.broker('kite-web').terms
  expect(sentence).toMatch(/not Zerodha’s documented API/)
  expect(sentence).toMatch(/logs your open Kite tab out/)
  expect(sentence).toMatch(/reloading Kite in a browser ends the token/)
})

describe('what goes wrong on the way', () => {
  const cases: [PlannedFault, ProblemKind][] = [
    [{ at: 'POST /api/login', kind: 'html-wall', status: 200 }, 'bot-wall'],
    [{ at: 'POST /api/login', kind: 'html-wall', status: 403 }, 'bot-wall'],
    [{ at: 'POST /api/login', kind: 'truncated' }, 'protocol-changed'],
    [{ at: 'POST /api/login', kind: 'status', status: 429, body: 'json' }, 'rate-limited'],
    [{ at: 'POST /api/login', kind: 'status', status: 503, body: 'html' }, 'broker-down'],
    [{ at: 'POST /api/twofa', kind: 'html-wall', status: 200 }, 'bot-wall'],
    [{ at: 'POST /api/twofa', kind: 'truncated' }, 'protocol-changed'],
    [{ at: 'POST /api/twofa', kind: 'cut-mid-body' }, 'network'],
    [{ at: 'POST /api/twofa', kind: 'status', status: 429, body: 'html' }, 'rate-limited'],
    [{ at: 'POST /api/twofa', kind: 'status', status: 502, body: 'html' }, 'broker-down'],
    [{ at: 'GET /oms/user/profile', kind: 'status', status: 403, body: 'json' }, 'protocol-changed'],
    [{ at: 'GET /oms/user/profile', kind: 'status', status: 400, body: 'json' }, 'protocol-changed'],
    [{ at: 'GET /oms/user/profile', kind: 'status', status: 504, body: 'html' }, 'broker-down'],
    [{ at: 'GET /oms/user/profile', kind: 'html-wall', status: 403 }, 'bot-wall'],
  ]
  test.each(cases)('%o ends in %s', async (fault, kind) => {
    const { engine, broker, account, tokens } = await kiteWebMorning()
    broker.fault(fault)
    const error = await loginFailure(engine.login('kite'))
    expect(error.kind).toBe(kind)
    expect(error.next).not.toBe('')
    expect(account('kite').problem?.kind).toBe(kind)
    expect(tokens.freshness('kite')).not.toBe('fresh')
  })

  test('a login that Kite accepts without an enctoken is no login', async () => {
    const { engine, broker, account, tokens } = await kiteWebMorning()
    const value = { status: 'success', data: {} }
    broker.fault({ at: 'POST /api/twofa', kind: 'json', status: 200, value })
    const error = await loginFailure(engine.login('kite'))
    expect(error).toMatchObject({ kind: 'protocol-changed', message: expect.stringContaining('no enctoken') })
    expect(tokens.freshness('kite')).toBe('none')
    expect(account('kite').spent).toEqual({ password: 0, code: 0 })
  })

  test('a Kite that repeats the token does not get it into its words', async () => {
    const { engine, broker, account } = await kiteWebMorning()
    await engine.login('kite')
    broker.fault({ at: 'GET /oms/user/profile', kind: 'echo' })
    const { brokerWords } = await loginFailure(engine.probe('kite', new AbortController().signal))
    expect(brokerWords).toContain('[secret]')
    for (const text of [brokerWords, JSON.stringify(account('kite'))]) expect(text).not.toContain('+/+/')
  })

  test('an unreachable Kite costs no attempt', async () => {
    const { engine, broker, account } = await kiteWebMorning()
    await broker.stop()
    expect((await loginFailure(engine.login('kite'))).kind).toBe('network')
    expect(account('kite').spent).toEqual({ password: 0, code: 0 })
  })
})

describe('a session of somebody else', () => {
  const wanted = 'ZX9041'

  test('is not kept, and whose it is is said', async () => {
    const { engine, tokens, account } = await kiteWebMorning({ mobile: wanted, typed: { user_id: wanted } })
    const error = await loginFailure(engine.login('kite'))
    expect(error.message).toBe(
      'The login was that of PW0001, and this account is for ZX9041. Its token was not kept.',
    )
    expect(account('kite').token).toBe(null)
    expect(tokens.freshness('kite')).toBe('none')
  })

  test('is no good when the profile says whose it is', async () => {
    const { engine, broker, tokens } = await kiteWebMorning()
    await engine.login('kite')
    const value = { status: 'success', data: { user_id: 'OT0001' } }
    broker.fault({ at: 'GET /oms/user/profile', kind: 'json', status: 200, value })
    const error = await loginFailure(engine.probe('kite', new AbortController().signal))
    expect(error).toMatchObject({ kind: 'token-expired', message: expect.stringContaining('that of OT0001') })
    expect(tokens.freshness('kite')).toBe('rejected')
  })
})

test('a session is not called ended by a refusal that is about something else', async () => {
  for (const [status, type, words, kind] of [
    [403, 'PermissionException', 'Requests from this IP address are not permitted', 'ip-not-allowed'],
    [403, 'PermissionException', 'Insufficient permission for that call.', 'protocol-changed'],
    [404, 'GeneralException', 'Route not found', 'protocol-changed'],
  ] as const) {
    const { engine, broker, tokens } = await kiteWebMorning()
    await engine.login('kite')
    broker.fault(kiteRefusal('GET /oms/user/profile', [status, type, words]))
    expect((await loginFailure(engine.probe('kite', new AbortController().signal))).kind).toBe(kind)
    expect(tokens.freshness('kite')).toBe('unverified')
  }
})
