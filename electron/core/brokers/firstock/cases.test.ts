import { describe, expect, test } from 'vitest'
import { brokerConformance } from '../../../../tests/support/broker-conformance.ts'
import { brokerMorning, brokerOf } from '../../../../tests/support/broker-morning.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'

const LOGIN = 'POST /login'
const DETAILS = 'POST /userDetails'
const both = { password: 1, code: 1 }
const failed = (name: string, field: string, message: string) => ({
  status: 'failed',
  code: '401',
  name,
  error: { field, message },
})

brokerConformance('firstock', {
  wrong: {
    password: {
      typed: { password: 'another' },
      kind: 'bad-credentials',
      words: 'Invalid password',
      next: 'Firstock app',
      spent: both,
    },
    code: {
      typed: { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' },
      kind: 'bad-totp',
      words: 'Invalid TOTP',
      next: 'enter the password here again',
      spent: both,
    },
    app: {
      typed: { api_key: 'f'.repeat(32) },
      kind: 'app-config',
      words: 'apiKey',
      next: 'connect.thefirstock.com',
    },
    'another vendor code': {
      typed: { vendor_code: 'ZZ0000_API' },
      kind: 'app-config',
      words: 'vendorCode',
      next: 'connect.thefirstock.com',
    },
    'another user ID': {
      typed: { user_id: 'ZZ0000' },
      kind: 'bad-credentials',
      words: 'userId',
      spent: both,
    },
  },
  locked: { kind: 'account-locked', words: 'blocked', spent: both },
  refusals: {
    'wrong credentials without a field': {
      at: LOGIN,
      status: 401,
      json: failed('INVALID_CREDENTIALS', '', 'Invalid login'),
      kind: 'bad-credentials',
      next: 'Firstock app',
      spent: both,
    },
    'a password that is refused by name alone': {
      at: LOGIN,
      status: 400,
      json: failed('INVALID_PASSWORD', '', 'Does not match'),
      kind: 'bad-credentials',
      spent: both,
    },
    'a user ID that is refused by name alone': {
      at: LOGIN,
      status: 400,
      json: failed('INVALID_USERID', '', 'Does not match'),
      kind: 'bad-credentials',
      spent: both,
    },
    'the field of the password, by no known name': {
      at: LOGIN,
      status: 400,
      json: failed('NEW_NAME', 'password', 'Does not match'),
      kind: 'bad-credentials',
      spent: both,
    },
    'a code that is refused by name': {
      at: LOGIN,
      status: 400,
      json: failed('INVALID_OTP', '', 'Does not match'),
      kind: 'bad-totp',
      next: 'Compare the code',
      spent: both,
    },
    'an API key, in words alone': {
      at: LOGIN,
      status: 400,
      json: failed('', '', 'API key is not active'),
      kind: 'app-config',
      next: 'under API Key',
    },
    'an empty field': {
      at: LOGIN,
      status: 400,
      json: failed('MISSING_FIELD', 'vendorCode', 'vendorCode cannot be empty'),
      kind: 'protocol-changed',
      words: 'cannot be empty',
    },
    'a field that is required': {
      at: LOGIN,
      status: 400,
      json: failed('BAD_REQUEST', 'password', 'password is required'),
      kind: 'protocol-changed',
      words: 'required',
    },
    'an address that is not registered': {
      at: LOGIN,
      status: 403,
      json: failed('FORBIDDEN', '', 'IP is not whitelisted'),
      kind: 'ip-not-allowed',
      words: 'whitelisted',
      spent: both,
    },
    'a subscription that has ended': {
      at: LOGIN,
      status: 403,
      json: failed('FORBIDDEN', '', 'No API subscription'),
      kind: 'subscription',
      spent: both,
    },
    'a login that is forbidden without a reason': {
      at: LOGIN,
      status: 403,
      json: failed('FORBIDDEN', '', 'Forbidden'),
      kind: 'ip-not-allowed',
      next: 'API access is active',
      spent: both,
    },
    'too many requests by name': {
      at: LOGIN,
      status: 400,
      json: failed('RATE_LIMIT_EXCEEDED', '', 'Slow down'),
      kind: 'rate-limited',
    },
    'too many requests': {
      at: LOGIN,
      status: 429,
      json: failed('TOO_MANY_REQUESTS', '', 'Slow down'),
      kind: 'rate-limited',
    },
    'an account that is not there for programs': {
      at: LOGIN,
      status: 404,
      json: failed('RESOURCE_NOT_FOUND', 'userId', 'not found'),
      kind: 'protocol-changed',
    },
    'a login without a key': {
      at: LOGIN,
      status: 200,
      json: { status: 'success', message: 'Login successful', data: { actid: 'PR1234' } },
      kind: 'protocol-changed',
      spent: both,
    },
    'the login of another user': {
      at: LOGIN,
      status: 200,
      json: { status: 'success', data: { actid: 'ZZ0000', susertoken: 'b6339fa5006155c2ae' } },
      kind: 'bad-credentials',
      next: 'PR1234',
    },
    'a key that is refused at once': {
      at: DETAILS,
      status: 400,
      json: failed('INVALID_JKEY', 'jKey', 'jKey parameter is invalid'),
      kind: 'protocol-changed',
      words: 'jKey',
    },
    'the details of another user': {
      at: DETAILS,
      status: 200,
      json: { status: 'success', data: { actid: 'ZZ0000' } },
      kind: 'protocol-changed',
    },
  },
  // Midnight in India, because every API session is logged out before the next trading day.
  expires: '2026-11-21T18:30:00.000Z',
})

describe('firstock', () => {
  test.each([
    ['by name', 400, failed('INVALID_JKEY', '', '')],
    ['by field', 400, failed('NEW_NAME', 'jKey', 'no')],
    ['by user ID', 401, failed('INVALID_USERID', 'userId', 'no')],
    ['in words', 400, failed('', '', 'Session expired')],
    ['as forbidden', 403, failed('FORBIDDEN', '', 'Forbidden')],
    ['by status', 401, {}],
  ])('a key that has ended, told %s', async (_how, status, value) => {
    const { engine, practice } = await brokerMorning('firstock')
    await engine.login('firstock')
    practice.fault({ at: DETAILS, kind: 'json', status, value })
    const { signal } = new AbortController()
    expect((await loginFailure(engine.probe('firstock', signal))).kind).toBe('token-expired')
  })

  test('too many requests, told in plain text under 200', async () => {
    const { engine, endpoints, own } = await brokerMorning('firstock')
    const busy = Array.from({ length: 10 }, () =>
      fetch(`${endpoints['api'] ?? ''}/login`, { method: 'POST' }),
    )
    await Promise.all(busy)
    const error = await loginFailure(engine.login('firstock'))
    expect(error).toMatchObject({ kind: 'rate-limited', brokerWords: 'Rate limit exceeded' })
    expect(own().spent).toEqual({ password: 0, code: 0 })
  })

  test('takes a status in capitals', async () => {
    const { engine, practice } = await brokerMorning('firstock')
    practice.fault({
      at: DETAILS,
      kind: 'json',
      status: 200,
      value: { status: 'Success', data: { actid: 'PR1234' } },
    })
    expect(await engine.login('firstock')).toBe('obtained')
  })

  test('hints at values that do not look like its own', () => {
    const hintOf = (name: string, value: string): string | null | undefined =>
      brokerOf('firstock')
        .fields.find((field) => field.name === name)
        ?.hint?.(value)
    expect(hintOf('user_id', 'AB12345')).toContain('AB1234')
    expect(hintOf('password', 'a'.repeat(64))).toContain('SHA-256')
    expect(hintOf('vendor_code', 'AB1234')).toContain('_API')
    expect(hintOf('api_key', 'short')).toContain('32')
    const good = { user_id: 'AB1234', password: 'word', vendor_code: 'AB1234_API', api_key: 'a'.repeat(32) }
    for (const [name, value] of Object.entries(good)) expect(hintOf(name, value)).toBe(null)
  })
})
