import { describe, expect, test } from 'vitest'
import type { PlannedFault } from '../../../../practice/faults.ts'
import { kiteRefusal, kiteRefusals } from '../../../../practice/kite-connect/refusals.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { kiteMorning, kiteWebMorning } from '../../../../tests/support/kite-morning.ts'
import type { ProblemKind } from '../../../contract/state.ts'

/** Sends wrong passwords for the account from another client. */
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
      'a network behind Kite that can’t be reached, under a status for entries',
      {
        at: 'POST /api/twofa',
        kind: 'json',
        status: 400,
        value: refusal('NetworkException', 'The network is not reachable. Enter the OTP again.'),
      },
      'broker-down',
      { password: 0, code: 1 },
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

  const { besideEntry, loginGone, wrongEntry } = kiteRefusals
  test.each(Object.entries(wrongEntry))('says that the entry was wrong: %s', async (_what, refused) => {
    const { engine, broker, account } = await morning()
    broker.fault(kiteRefusal('POST /api/login', refused))
    const error = await loginFailure(engine.login('kite'))
    expect(error).toMatchObject({ kind: 'bad-credentials', brokerWords: refused[2] })
    expect(account('kite').spent).toEqual({ password: 1, code: 0 })
  })

  const meanings: [keyof typeof besideEntry, ProblemKind, isGivenBack: boolean][] = [
    ['a route that is gone', 'protocol-changed', true],
    ['a method that is no longer taken', 'protocol-changed', true],
    ['a route that was given up', 'protocol-changed', true],
    ['a captcha', 'bot-wall', false],
    ['a network that is not let in', 'ip-not-allowed', false],
    ['something unknown', 'protocol-changed', false],
    ['a field that is new', 'protocol-changed', false],
  ]
  describe.each([
    ['POST /api/login', 'password'],
    ['POST /api/twofa', 'code'],
  ] as const)('at %s', (at, entry) => {
    test.each(meanings)('%s is %s, and no fault of the entry', async (what, kind, isGivenBack) => {
      const { engine, broker, account } = await morning()
      broker.fault(kiteRefusal(at, besideEntry[what]))
      const error = await loginFailure(engine.login('kite'))
      expect(error).toMatchObject({ kind, brokerWords: besideEntry[what][2] })
      expect(`${error.message} ${error.next}`).not.toMatch(/password|TOTP/)
      expect(account('kite').spent).toEqual({ password: 0, code: 0, ...(!isGivenBack && { [entry]: 1 }) })
      expect(broker.requests.filter(({ path }) => at.endsWith(path))).toHaveLength(1)
    })
  })

  test.each([404, 405, 410])('%i is about no entry, whatever its words say', async (status) => {
    for (const [at, type, words] of [
      ['POST /api/login', 'UserException', 'Invalid username or password.'],
      ['POST /api/twofa', 'TwoFAException', 'Invalid TOTP'],
    ] as const) {
      const { engine, broker, account } = await morning()
      broker.fault(kiteRefusal(at, [status, type, words]))
      expect((await loginFailure(engine.login('kite'))).kind).toBe('protocol-changed')
      expect(account('kite').spent).toEqual({ password: 0, code: 0 })
    }
  })

  test('a block that ends by itself is waited out', async () => {
    const { engine, broker, account, clock } = await morning()
    const words = 'Too many attempts. Please try again after 10 minutes.'
    broker.fault(kiteRefusal('POST /api/twofa', [403, 'GeneralException', words]))
    expect((await loginFailure(engine.login('kite'))).kind).toBe('rate-limited')
    expect(account('kite').coolDownUntil).toBe(clock.now() + 600_000)
    expect(account('kite').spent).toEqual({ password: 0, code: 0 })
  })

  describe.each(Object.entries(loginGone))('%s', (_what, refused) => {
    const sent = ({ requests }: { requests: readonly { path: string }[] }) =>
      ['/api/login', '/api/twofa'].map((route) => requests.filter(({ path }) => path === route).length)

    test('lets the login begin again, once', async () => {
      const { engine, broker, account, clock } = await morning()
      broker.fault(kiteRefusal('POST /api/twofa', refused))
      const login = engine.login('kite')
      await clock.untilWaitingFor(25_000)
      clock.advance(25_000)
      expect(await login).toBe('obtained')
      expect(sent(broker)).toEqual([2, 2])
      expect(account('kite').spent).toEqual({ password: 0, code: 0 })
    })

    test('ends the login the second time, and no secret is blamed', async () => {
      const { engine, broker, account, clock } = await morning()
      broker.fault({ ...kiteRefusal('POST /api/twofa', refused), times: 2 })
      const login = loginFailure(engine.login('kite'))
      await clock.untilWaitingFor(25_000)
      clock.advance(25_000)
      const error = await login
      expect(error).toMatchObject({ kind: 'token-expired', brokerWords: refused[2] })
      expect(`${error.message} ${error.next}`).not.toMatch(/password|TOTP/)
      expect(sent(broker)).toEqual([2, 2])
      expect(account('kite').spent).toEqual({ password: 0, code: 0 })
      clock.advance(30_000)
      expect(await engine.login('kite')).toBe('obtained')
    })

    test('sends no password again that was not accepted', async () => {
      const { engine, broker, clock } = await morning()
      broker.fault(kiteRefusal('POST /api/twofa', refused))
      const login = loginFailure(engine.login('kite'))
      await broker.waitFor('POST /api/twofa')
      broker.change({ password: 'changed meanwhile' })
      await Promise.race([login, clock.untilWaitingFor(25_000)])
      clock.advance(25_000)
      expect((await login).kind).toBe('bad-credentials')
      expect(broker.wrongPasswords).toBe(1)
      expect(sent(broker)).toEqual([2, 1])
    })
  })
})
