import { describe, expect, test } from 'vitest'
import type { PlannedFault } from '../../../../practice/faults.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { kiteMorning, kiteWebMorning } from '../../../../tests/support/kite-morning.ts'
import type { ProblemKind } from '../../../contract/state.ts'

/** Somebody else enters wrong passwords for the same account. */
async function guess(web: string | undefined, userId: string | undefined, times: number): Promise<void> {
  const body = new URLSearchParams({ user_id: userId ?? '', password: 'a guess' })
  for (let count = 0; count < times; count++) await fetch(`${web ?? ''}/api/login`, { method: 'POST', body })
}

describe.each([
  ['Kite Connect', kiteMorning],
  ['the Kite web session', kiteWebMorning],
])('%s', (_name, morning) => {
  test('a wrong password is sent once, and no more until it is entered again', async () => {
    const { engine, broker, account, accounts, endpoints } = await morning({ typed: { password: 'not it' } })
    const error = await loginFailure(engine.login('kite'))
    expect(error).toMatchObject({ kind: 'bad-credentials', brokerWords: 'Invalid username or password.' })
    expect(account('kite').spent).toEqual({ password: 1, code: 0 })
    expect((await loginFailure(engine.login('kite', { force: true }))).kind).toBe('budget-spent')
    expect(broker.wrongPasswords).toBe(1)
    const { password } = broker.credentials
    await accounts.change('kite', { values: { password }, endpoints, acceptTerms: false })
    expect(await engine.login('kite')).toBe('obtained')
  })

  test('a wrong TOTP secret makes two codes at most, in different windows', async () => {
    const typed = { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' }
    const { engine, broker, clock, account } = await morning({ typed })
    const login = loginFailure(engine.login('kite'))
    await clock.untilWaitingFor(25_000)
    expect(broker.wrongCodes).toBe(1)
    clock.advance(25_000)
    expect(await login).toMatchObject({ kind: 'bad-totp', brokerWords: 'Invalid TOTP' })
    expect(account('kite').spent).toEqual({ password: 0, code: 2 })
    expect((await loginFailure(engine.login('kite'))).kind).toBe('budget-spent')
    expect(broker.wrongCodes).toBe(2)
  })

  test('an account that is blocked says so at the password', async () => {
    const { engine, broker, account } = await morning()
    await guess(broker.endpoints.web, broker.credentials.user_id, 5)
    const error = await loginFailure(engine.login('kite'))
    expect(error).toMatchObject({ kind: 'account-locked', brokerWords: expect.stringContaining('blocked') })
    expect(error.next).toContain('password reset')
    expect(account('kite').spent).toEqual({ password: 1, code: 0 })
  })

  test('an account that the code has blocked is not tried once more', async () => {
    const typed = { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' }
    const { engine, broker, account } = await morning({ typed })
    await guess(broker.endpoints.web, broker.credentials.user_id, 4)
    const error = await loginFailure(engine.login('kite'))
    expect(error).toMatchObject({ kind: 'account-locked', brokerWords: expect.stringContaining('blocked') })
    expect(account('kite').spent).toEqual({ password: 0, code: 1 })
    expect(broker.wrongCodes).toBe(1)
  })

  const refusal = (error_type: string, message: string) => ({
    status: 'error',
    message,
    error_type,
    data: null,
  })
  const cases: [what: string, PlannedFault, ProblemKind, spent: { password: number; code: number }][] = [
    [
      'a password refused as InputException',
      { at: 'POST /api/login', kind: 'json', status: 400, value: refusal('InputException', 'Invalid input') },
      'bad-credentials',
      { password: 1, code: 0 },
    ],
    [
      'a password refused as GeneralException under HTTP 200',
      { at: 'POST /api/login', kind: 'json', status: 200, value: refusal('GeneralException', 'Invalid') },
      'bad-credentials',
      { password: 1, code: 0 },
    ],
    [
      'order servers that are down (DataException)',
      { at: 'POST /api/login', kind: 'json', status: 503, value: refusal('DataException', 'Bad gateway') },
      'broker-down',
      { password: 0, code: 0 },
    ],
    [
      'a network behind Kite that is down (NetworkException)',
      { at: 'POST /api/twofa', kind: 'json', status: 503, value: refusal('NetworkException', 'Gateway') },
      'broker-down',
      { password: 0, code: 0 },
    ],
    [
      'too many requests',
      { at: 'POST /api/login', kind: 'json', status: 429, value: refusal('NetworkException', 'Too many') },
      'rate-limited',
      { password: 0, code: 0 },
    ],
    [
      'a second factor without a name',
      {
        at: 'POST /api/login',
        kind: 'json',
        status: 200,
        value: { status: 'success', data: { request_id: 'r', twofa_type: '', twofa_types: null } },
      },
      'second-factor-mismatch',
      { password: 0, code: 0 },
    ],
    [
      'an accepted password without a request_id',
      { at: 'POST /api/login', kind: 'json', status: 200, value: { status: 'success', data: {} } },
      'protocol-changed',
      { password: 1, code: 0 },
    ],
  ]
  test.each(cases)('%s ends as it should and spends what it should', async (_what, fault, kind, spent) => {
    const { engine, broker, account } = await morning()
    broker.fault(fault)
    expect((await loginFailure(engine.login('kite'))).kind).toBe(kind)
    expect(account('kite').spent).toEqual(spent)
  })
})
