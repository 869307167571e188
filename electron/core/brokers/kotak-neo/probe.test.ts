import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { neoMorning, routes } from '../../../../tests/support/kotak-neo-morning.ts'
import type { Problem, ProblemKind } from '../../../contract/state.ts'

const noAccess = { code: '900901', message: 'Invalid Credentials', description: 'Make sure you have …' }
const noHeader = { error: [{ code: '10512', message: 'No header.' }] }

describe('what Kotak answers when the session is tried', () => {
  const rows: [string, number, unknown, ProblemKind, string, 'rejected' | 'unverified'][] = [
    ['900901', 401, noAccess, 'token-expired', 'Invalid Credentials', 'rejected'],
    [
      '401 for an address',
      401,
      { message: 'IP not allowed' },
      'ip-not-allowed',
      'IP not allowed',
      'unverified',
    ],
    ['403', 403, { message: 'Forbidden' }, 'protocol-changed', 'Forbidden', 'unverified'],
    ['401', 401, { message: 'Expired session' }, 'token-expired', 'Expired session', 'rejected'],
    [
      '1003',
      200,
      { stat: 'Not_Ok', emsg: 'Invalid session', stCode: 1003 },
      'token-expired',
      'Invalid session',
      'rejected',
    ],
    [
      '100022',
      200,
      { data: { stCode: 100022, errMsg: 'invalid session token', stat: 'error in neo-login-check-api' } },
      'token-expired',
      'invalid session token',
      'rejected',
    ],
    [
      '100008',
      200,
      { stat: 'Not_Ok', stCode: 100008, errMsg: 'unauthorized' },
      'ip-not-allowed',
      'unauthorized',
      'unverified',
    ],
    [
      '1037',
      200,
      { stat: 'Not_Ok', stCode: 1037, errMsg: 'session ip do' },
      'ip-not-allowed',
      'session ip do',
      'unverified',
    ],
    ['10512', 400, noHeader, 'protocol-changed', 'No header.', 'unverified'],
    [
      'another stCode',
      200,
      { stat: 'Not_Ok', stCode: 1, errMsg: 'No.' },
      'protocol-changed',
      'No.',
      'unverified',
    ],
    ['429', 429, { message: 'Slow down' }, 'rate-limited', 'Slow down', 'unverified'],
    ['424', 424, { message: 'Oops' }, 'broker-down', 'Oops', 'unverified'],
    ['500', 500, { message: 'Oops' }, 'broker-down', 'Oops', 'unverified'],
  ]
  test.each(rows)('%s', async (_what, status, value, kind, brokerWords, freshness) => {
    const { engine, broker, tokens } = await neoMorning()
    await engine.login('neo')
    broker.fault({ at: routes.orders, kind: 'json', status, value, times: 2 })
    const error = await loginFailure(engine.probe('neo', new AbortController().signal))
    expect(error).toMatchObject({ kind, brokerWords })
    expect(tokens.freshness('neo')).toBe(freshness)
  })

  test('100022 once, as outside market hours, is asked about again, and no login is made for it', async () => {
    const { engine, broker, tokens, asked } = await neoMorning()
    await engine.login('neo')
    const before = asked().length
    const value = { data: { stCode: 100022, errMsg: 'invalid session token' } }
    broker.fault({ at: routes.orders, kind: 'json', status: 200, value })
    expect(await engine.login('neo')).toBe('kept')
    expect(asked().slice(before)).toEqual([routes.orders, routes.orders])
    expect(tokens.freshness('neo')).toBe('fresh')
  })

  test('any other refusal is not asked about again', async () => {
    const { engine, broker, asked } = await neoMorning()
    await engine.login('neo')
    const before = asked().length
    broker.fault({ at: routes.orders, kind: 'json', status: 401, value: noAccess })
    await loginFailure(engine.probe('neo', new AbortController().signal))
    expect(asked().slice(before)).toEqual([routes.orders])
  })

  test('JSON that says nothing is no proof of a session', async () => {
    const { engine, broker } = await neoMorning()
    broker.fault({ at: routes.orders, kind: 'json', status: 200, value: {} })
    expect((await loginFailure(engine.login('neo'))).kind).toBe('protocol-changed')
  })

  test('100022 of a new session, as outside market hours, leaves it alone: it is kept and handed out', async () => {
    const { account, engine, broker, tokens } = await neoMorning()
    const value = { data: { stCode: 100022, errMsg: 'invalid session token' } }
    broker.fault({ at: routes.orders, kind: 'json', status: 200, value, times: 2 })
    expect(await engine.login('neo')).toBe('obtained')
    expect(account('neo').problem?.message).toContain('can’t judge the new token now')
    expect(tokens.freshness('neo')).toBe('unverified')
    expect((await tokens.primary('neo')).reveal()).not.toBe('')
  })

  /** Returns the problem of an account with a successful login and a session that could not be checked. */
  async function problemOfKept(options: Parameters<typeof neoMorning>[0]): Promise<Problem | null> {
    const { account, engine, tokens } = await neoMorning(options)
    expect(await engine.login('neo')).toBe('obtained')
    expect(tokens.freshness('neo')).toBe('unverified')
    expect((await tokens.primary('neo')).reveal()).not.toBe('')
    // No second login follows.
    expect(await engine.login('neo')).toBe('kept')
    return account('neo').problem
  }

  test('a session from another address: that it is bound to one, and where to log in', async () => {
    const problem = await problemOfKept({ sessionIpRefused: true })
    expect(problem?.kind).toBe('ip-not-allowed')
    expect(problem?.message).toContain('ties a session to the public address that logged in')
    expect(problem?.next).toContain('the machine that places the orders')
    expect(problem?.brokerWords).toContain('session ip do')
  })

  test('an address that is not whitelisted: where to add it', async () => {
    const problem = await problemOfKept({ ipNotAllowed: true })
    expect(problem).toMatchObject({ kind: 'ip-not-allowed', brokerWords: 'unauthorized' })
    expect(problem?.next).toContain('Add IP')
  })
})
