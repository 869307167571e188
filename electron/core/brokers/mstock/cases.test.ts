import { expect, test } from 'vitest'
import { brokerConformance } from '../../../../tests/support/broker-conformance.ts'
import { brokerMorning } from '../../../../tests/support/broker-morning.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'

const LOGIN = 'POST /openapi/typeb/connect/login'
const VERIFY = 'POST /openapi/typeb/session/verifytotp'
const FUNDS = 'GET /openapi/typeb/user/fundsummary'
const suspended = 'API is suspended/expired for use. Please check your API subscription and try again.'
const failed = (message: string) => ({ status: 'error', message, data: null })
const refused = (errorcode: string, message: string) => ({ status: 'false', message, errorcode, data: null })
const code = { password: 0, code: 1 }

brokerConformance('mstock', {
  wrong: {
    password: {
      typed: { password: 'another' },
      kind: 'bad-credentials',
      words: '9 attempts remaining',
      next: 'trade.mstock.com',
      spent: { password: 1, code: 0 },
    },
    code: {
      typed: { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' },
      kind: 'bad-totp',
      words: 'correct TOTP',
      next: 'enable it there',
      spent: { password: 0, code: 2 },
    },
    app: { typed: { api_key: 'another-key' }, kind: 'subscription', words: 'suspended', next: 'Compare' },
    'another client code': {
      typed: { client_code: 'MA7654321' },
      kind: 'bad-credentials',
      words: 'Invalid username',
      spent: { password: 1, code: 0 },
    },
  },
  locked: { kind: 'account-locked', words: 'blocked', next: 'Unlock it', spent: { password: 1, code: 0 } },
  refusals: {
    'an empty field, or another version': {
      at: LOGIN,
      status: 400,
      json: refused('400', 'Please provide valid clientcode and password.'),
      kind: 'bad-credentials',
      next: 'trade.mstock.com',
      spent: { password: 1, code: 0 },
    },
    'a code of a text message that is too old': {
      at: VERIFY,
      status: 200,
      json: refused('MA500', 'Entered OTP has been expired. Please regenerate a new one & enter the same.'),
      kind: 'bad-totp',
      next: 'TOTP is not enabled',
      spent: { password: 0, code: 2 },
    },
    'an API key that is suspended, in the second step': {
      at: VERIFY,
      status: 400,
      json: failed(suspended),
      kind: 'subscription',
      words: 'subscription',
      next: 'renew',
    },
    'an API key of type A, or of another client': {
      at: VERIFY,
      status: 401,
      json: { ...refused('IA401', 'Invalid request. Please try again.'), status: false },
      kind: 'app-config',
      next: 'type B',
    },
    'an API key that type A’s names refuse': {
      at: VERIFY,
      status: 403,
      json: { ...failed('Not allowed'), error_type: 'APIKeyException' },
      kind: 'app-config',
      next: 'type B',
    },
    'an address that is not registered': {
      at: VERIFY,
      status: 403,
      json: failed('Primary and Secondary IP Address are not matching'),
      kind: 'ip-not-allowed',
      words: 'IP Address',
      next: 'Register',
      spent: code,
    },
    'too many requests': {
      at: LOGIN,
      status: 429,
      json: failed('Too many requests'),
      kind: 'rate-limited',
    },
    'trouble at mStock': {
      at: VERIFY,
      status: 500,
      json: { ...failed('Something went wrong'), error_type: 'GeneralException' },
      kind: 'broker-down',
      spent: code,
    },
    'a first step without a token': {
      at: LOGIN,
      status: 200,
      json: { status: 'true', message: '', errorcode: '', data: { jwtToken: '', refreshToken: '' } },
      kind: 'protocol-changed',
      spent: { password: 1, code: 0 },
    },
    'a second step without a token': {
      at: VERIFY,
      status: 200,
      json: { status: true, message: 'SUCCESS', errorcode: '', data: null },
      kind: 'protocol-changed',
      spent: code,
    },
    'a token that is refused at once': {
      at: FUNDS,
      status: 401,
      json: { ...refused('IA401', 'Invalid request. Please try again.'), status: false },
      kind: 'protocol-changed',
      words: 'Invalid request',
    },
  },
  // Midnight in India.
  expires: '2026-11-21T18:30:00.000Z',
})

test('mstock: a token is kept, and called unverified, where its API key is suspended', async () => {
  const { engine, practice, own } = await brokerMorning('mstock')
  practice.fault({
    at: FUNDS,
    kind: 'json',
    status: 403,
    value: refused('IA403', suspended),
    times: Infinity,
  })
  expect(await engine.login('mstock')).toBe('obtained')
  expect(own()).toMatchObject({ token: { seen: 'unverified' }, problem: { kind: 'subscription' } })
  expect(own().problem?.next).toContain('renew')
})

test('mstock: the second step takes the refresh token where the first step hands one out', async () => {
  const { engine } = await brokerMorning('mstock', { quirks: new Set(['refresh-token']) })
  expect(await engine.login('mstock')).toBe('obtained')
})

test.each([
  ['IA401', 400, refused('IA401', 'Invalid request. Please try again.')],
  ['TokenException', 400, { ...failed('Not valid'), error_type: 'TokenException' }],
  ['status', 401, failed('Not valid')],
])('mstock: a token that has ended, told by %s', async (_how, status, value) => {
  const { engine, practice } = await brokerMorning('mstock')
  await engine.login('mstock')
  practice.fault({ at: FUNDS, kind: 'json', status, value })
  const { signal } = new AbortController()
  expect((await loginFailure(engine.probe('mstock', signal))).kind).toBe('token-expired')
})
