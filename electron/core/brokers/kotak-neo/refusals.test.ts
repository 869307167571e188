import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { neoFailure, neoMorning, routes } from '../../../../tests/support/kotak-neo-morning.ts'
import type { ProblemKind } from '../../../contract/state.ts'
import type { Attempts } from '../../state/attempts.ts'

const none: Attempts['spent'] = { password: 0, code: 0 }

type Row = [
  what: string,
  status: number,
  value: unknown,
  kind: ProblemKind,
  words: string | null,
  spent: Attempts['spent'],
]

const asDocumented = (errorCode: string, message: string): unknown => ({
  status: 'error',
  message,
  errorCode,
})
const oneError = (code: string, message: string): unknown => ({ error: [{ code, message }] })
const noAccess = { code: '900901', message: 'Invalid Credentials', description: 'Make sure you have …' }

describe('what Kotak answers to the code', () => {
  const oneCode = { password: 0, code: 1 }
  const twoCodes = { password: 0, code: 2 }
  const rows: Row[] = [
    ['errMsg', 400, { errMsg: 'Invalid TOTP' }, 'bad-totp', 'Invalid TOTP', twoCodes],
    ['message', 400, { message: 'Invalid TOTP' }, 'bad-totp', 'Invalid TOTP', twoCodes],
    [
      'its documented envelope',
      401,
      asDocumented('401', 'Invalid credentials or TOTP.'),
      'bad-totp',
      'Invalid credentials or TOTP.',
      twoCodes,
    ],
    ['the same as a success', 200, asDocumented('401', 'Invalid TOTP'), 'bad-totp', 'Invalid TOTP', twoCodes],
    [
      'a status in data, without a word',
      200,
      { data: { status: 'failure' } },
      'protocol-changed',
      null,
      oneCode,
    ],
    [
      'a session under an error',
      401,
      { data: { token: 'one', sid: 'two', status: 'success' } },
      'protocol-changed',
      null,
      oneCode,
    ],
    [
      'words about client and code',
      400,
      { errMsg: 'Invalid mobile number, UCC or TOTP' },
      'bad-totp',
      'Invalid mobile number, UCC or TOTP',
      twoCodes,
    ],
    [
      'words in data',
      200,
      { data: { status: 'failure', message: 'Invalid UCC' } },
      'bad-credentials',
      'Invalid UCC',
      oneCode,
    ],
    ['422', 422, { message: 'Invalid request' }, 'protocol-changed', 'Invalid request', oneCode],
    ['unknown words', 400, { errMsg: 'Not today' }, 'protocol-changed', 'Not today', oneCode],
    [
      'words about an address',
      403,
      { message: 'IP not whitelisted' },
      'ip-not-allowed',
      'IP not whitelisted',
      oneCode,
    ],
    [
      'a captcha',
      400,
      { message: 'Solve the captcha first' },
      'bot-wall',
      'Solve the captcha first',
      oneCode,
    ],
    [
      'a limit of codes with a time',
      400,
      { errMsg: 'Maximum TOTP attempts exceeded, try again after 10 minutes' },
      'rate-limited',
      'Maximum TOTP attempts exceeded, try again after 10 minutes',
      none,
    ],
    [
      'a password that has expired',
      401,
      { message: 'Not allowed', data: { isUserPwdExpired: true } },
      'bad-credentials',
      'Not allowed',
      oneCode,
    ],
    ['403', 403, { message: 'Forbidden' }, 'app-config', 'Forbidden', oneCode],
    ['900901', 401, noAccess, 'app-config', 'Invalid Credentials', none],
    ['900901 in fault', 401, { fault: noAccess }, 'app-config', 'Invalid Credentials', none],
    [
      '10512',
      400,
      oneError('10512', 'Required header not found.'),
      'protocol-changed',
      'Required header not found.',
      none,
    ],
    [
      '10522',
      200,
      oneError('10522', 'Issues while generating OTP! Try to login again.'),
      'broker-down',
      'Issues while generating OTP! Try to login again.',
      oneCode,
    ],
    ['424', 424, { message: 'Dependency error' }, 'broker-down', 'Dependency error', oneCode],
    ['a lock', 400, { errMsg: 'User is blocked' }, 'account-locked', 'User is blocked', oneCode],
    [
      'a threat of a lock',
      401,
      { errMsg: 'Invalid TOTP. 3 attempts left before your account is locked' },
      'bad-totp',
      'Invalid TOTP. 3 attempts left before your account is locked',
      twoCodes,
    ],
    ['429', 429, { message: 'Slow down' }, 'rate-limited', 'Slow down', none],
    ['500', 500, { message: 'Oops' }, 'broker-down', 'Oops', oneCode],
    ['500 as a success', 200, asDocumented('500', 'Oops'), 'broker-down', 'Oops', oneCode],
    ['503', 503, { message: 'Oops' }, 'broker-down', 'Oops', none],
    ['504', 504, { message: 'Oops' }, 'broker-down', 'Oops', oneCode],
    ['404', 404, { message: 'Invalid TOTP' }, 'protocol-changed', 'Invalid TOTP', none],
    ['405', 405, { message: 'Not here' }, 'protocol-changed', 'Not here', none],
    ['410', 410, { message: 'Not here' }, 'protocol-changed', 'Not here', none],
    ['nothing that is known', 200, { data: { token: 'one' } }, 'protocol-changed', null, oneCode],
  ]
  test.each(rows)('%s', async (_what, status, value, kind, brokerWords, spent) => {
    const morning = await neoMorning()
    morning.broker.fault({ at: routes.code, kind: 'json', status, value, times: Infinity })
    const error = await neoFailure(morning)
    expect(error).toMatchObject({ kind, brokerWords })
    expect(error.next).not.toBe('')
    expect(morning.account('neo').spent).toEqual(spent)
    expect(morning.asked()).not.toContain(routes.mpin)
  })
})

describe('what Kotak answers to the MPIN', () => {
  const spentMpin = { password: 1, code: 0 }
  const rows: Row[] = [
    [
      'its documented envelope',
      401,
      asDocumented('401', 'Invalid MPIN.'),
      'bad-credentials',
      'Invalid MPIN.',
      spentMpin,
    ],
    [
      'a status in data, without a word',
      200,
      { data: { status: 'failure' } },
      'protocol-changed',
      null,
      spentMpin,
    ],
    ['unknown words', 400, { errMsg: 'Not today' }, 'protocol-changed', 'Not today', spentMpin],
    [
      'words about the code alone',
      401,
      { errMsg: 'TOTP pending' },
      'protocol-changed',
      'TOTP pending',
      spentMpin,
    ],
    ['words about the client', 400, { errMsg: 'Unknown UCC' }, 'bad-credentials', 'Unknown UCC', spentMpin],
    ['900901', 401, noAccess, 'token-expired', 'Invalid Credentials', none],
    [
      '10512',
      400,
      oneError('10512', 'Required header not found.'),
      'protocol-changed',
      'Required header not found.',
      none,
    ],
    ['a lock', 400, { errMsg: 'Account locked' }, 'account-locked', 'Account locked', spentMpin],
    ['429', 429, { message: 'Slow down' }, 'rate-limited', 'Slow down', none],
    ['503', 503, { message: 'Oops' }, 'broker-down', 'Oops', none],
    ['424, which proves nothing', 424, { message: 'Oops' }, 'budget-spent', 'Oops', spentMpin],
    ['500, which proves nothing', 500, { message: 'Oops' }, 'budget-spent', 'Oops', spentMpin],
    ['504, which proves nothing', 504, { message: 'Oops' }, 'budget-spent', 'Oops', spentMpin],
    ['404', 404, { message: 'Invalid MPIN' }, 'protocol-changed', 'Invalid MPIN', none],
  ]
  test.each(rows)('%s', async (_what, status, value, kind, brokerWords, spent) => {
    const morning = await neoMorning()
    morning.broker.fault({ at: routes.mpin, kind: 'json', status, value, times: Infinity })
    expect(await neoFailure(morning)).toMatchObject({ kind, brokerWords })
    expect(morning.account('neo').spent).toEqual(spent)
    expect(morning.tokens.freshness('neo')).toBe('none')
  })

  test('a view session that has ended is opened once more', async () => {
    const morning = await neoMorning()
    morning.broker.fault({ at: routes.mpin, kind: 'json', status: 401, value: noAccess })
    const login = morning.engine.login('neo')
    await morning.clock.untilWaitingFor(25_000)
    morning.clock.advance(25_000)
    expect(await login).toBe('obtained')
  })

  test('an MPIN whose reply was lost counts as spent, and is not sent again unasked', async () => {
    const { engine, broker, account, asked } = await neoMorning()
    broker.fault({ at: routes.mpin, kind: 'reset-after-processing' })
    expect((await loginFailure(engine.login('neo'))).kind).toBe('budget-spent')
    expect((await loginFailure(engine.login('neo'))).kind).toBe('budget-spent')
    expect(account('neo').spent.password).toBe(1)
    expect(asked().filter((route) => route === routes.mpin)).toHaveLength(1)
  })
})

describe('a field that Kotak misses', () => {
  test.each([
    ['MobileNumber', routes.code, 'the mobile number'],
    ['Ucc', routes.code, 'the client code'],
    ['Totp', routes.code, 'the TOTP code'],
    ['Mpin', routes.mpin, 'the MPIN'],
  ] as const)('%s is named, and nothing was judged, whatever the status', async (field, at, named) => {
    for (const status of [200, 400]) {
      const morning = await neoMorning()
      const value = oneError('400', `Missing required field '${field}'`)
      morning.broker.fault({ at, kind: 'json', status, value })
      const error = await neoFailure(morning)
      expect(error.kind).toBe('app-config')
      expect(error.message).toContain(named)
      expect(morning.account('neo').spent).toEqual(none)
    }
  })
})

describe('a password that Kotak wants changed', () => {
  test('ends the login before the MPIN is sent, and the code was accepted', async () => {
    const morning = await neoMorning({ passwordExpired: true })
    const error = await neoFailure(morning)
    expect(error.kind).toBe('bad-credentials')
    expect(error.message).toContain('password of this account has expired')
    expect(error.next).toContain('new password')
    expect(morning.account('neo').spent).toEqual(none)
    expect(morning.asked()).not.toContain(routes.mpin)
  })
})
