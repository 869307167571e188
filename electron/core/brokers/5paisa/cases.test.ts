import { expect, test } from 'vitest'
import { brokerConformance } from '../../../../tests/support/broker-conformance.ts'
import { brokerMorning, brokerOf } from '../../../../tests/support/broker-morning.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { Secret } from '../../secret.ts'

const LOGIN = 'POST /TOTPLogin'
const EXCHANGE = 'POST /GetAccessToken'
const MARGIN = 'POST /V4/Margin'
const both = { password: 1, code: 1 }
const said = (Status: number, Message: string, fields: object = {}) => ({
  head: { Status: 0, StatusDescription: null },
  body: { ...fields, Message, Status },
})

brokerConformance('5paisa', {
  wrong: {
    password: {
      typed: { pin: '193746' },
      kind: 'bad-credentials',
      words: 'Invalid login/password',
      next: '5paisa app',
      spent: both,
    },
    code: {
      typed: { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' },
      kind: 'bad-totp',
      words: 'Invalid TOTP',
      next: 'authenticator app',
      spent: both,
    },
    app: { typed: { user_key: 'OtherKey' }, kind: 'app-config', words: 'head parameters', next: 'API keys' },
    'another client code': {
      typed: { client_code: '50654321' },
      kind: 'bad-credentials',
      words: 'Invalid login/password',
      spent: both,
    },
    'the Encryption Key': {
      typed: { encryption_key: 'OtherKey' },
      kind: 'app-config',
      words: 'Token Expired',
      next: 'enter them here again',
    },
    'the User ID': { typed: { user_id: 'another' }, kind: 'app-config', words: 'Token Expired' },
  },
  locked: { kind: 'account-locked', words: 'locked', spent: both },
  refusals: {
    'a request that the server cannot process': {
      at: LOGIN,
      status: 200,
      json: said(-1, 'Server unable to process request'),
      kind: 'budget-spent',
      words: 'unable to process',
      spent: both,
    },
    'Status 2, which is not documented': {
      at: LOGIN,
      status: 200,
      json: said(2, 'Something else'),
      kind: 'bad-credentials',
      words: 'Something else',
      next: '5paisa app',
      spent: both,
    },
    'an e-mail address that is not registered': {
      at: LOGIN,
      status: 200,
      json: said(1, 'Email ID is not registered'),
      kind: 'bad-credentials',
      words: 'not registered',
      spent: both,
    },
    'Status 1 without a word about an entry': {
      at: LOGIN,
      status: 200,
      json: said(1, 'Not today'),
      kind: 'protocol-changed',
      words: 'Not today',
      spent: both,
    },
    'a request token that is refused as unknown': {
      at: EXCHANGE,
      status: 200,
      json: said(-1, 'Server Unable to process your request', { AccessToken: '' }),
      kind: 'app-config',
      words: 'Unable to process',
      next: 'API keys',
    },
    'a success without a token': {
      at: EXCHANGE,
      status: 200,
      json: said(0, 'Success', { AccessToken: '' }),
      kind: 'protocol-changed',
    },
    'the token of another client': {
      at: EXCHANGE,
      status: 200,
      json: said(0, 'Success', { AccessToken: 'a-token', ClientCode: '50999999' }),
      kind: 'bad-credentials',
    },
    'a session that is refused at once': {
      at: MARGIN,
      status: 200,
      json: said(9, 'Invalid Session', { EquityMargin: [] }),
      kind: 'protocol-changed',
      words: 'Invalid Session',
    },
    'a session that the gateway refuses': {
      at: MARGIN,
      status: 401,
      json: {},
      kind: 'protocol-changed',
    },
    'the margin of another client': {
      at: MARGIN,
      status: 200,
      json: said(0, '', { ClientCode: '50999999', EquityMargin: [] }),
      kind: 'protocol-changed',
    },
  },
  // One minute before midnight in India.
  expires: '2026-11-21T18:29:00.000Z',
})

test('5paisa: an account without money has a good token', async () => {
  const { engine, own } = await brokerMorning('5paisa', { quirks: new Set(['no-money']) })
  expect(await engine.login('5paisa')).toBe('obtained')
  expect(own()).toMatchObject({ token: { seen: 'accepted' }, problem: null })
})

test('5paisa: a request token that came too late is replaced once', async () => {
  const { engine, practice, clock, asked, own } = await brokerMorning('5paisa')
  practice.fault({ at: EXCHANGE, kind: 'json', status: 200, value: said(0, 'Token Expired.'), times: 1 })
  const login = engine.login('5paisa')
  await clock.untilWaitingFor(25_000)
  clock.advance(25_000)
  expect(await login).toBe('obtained')
  expect(asked()).toEqual([LOGIN, EXCHANGE, LOGIN, EXCHANGE, MARGIN])
  expect(own().spent).toEqual({ password: 0, code: 0 })
})

test('5paisa: fields that look wrong get a hint, and only what can’t be right is refused', () => {
  const { fields } = brokerOf('5paisa')
  const field = (name: string) => fields.find((one) => one.name === name) ?? expect.unreachable(name)
  expect(field('user_key').hint?.('short')).toContain('32 letters')
  expect(field('user_key').hint?.('PrAcTiCePrAcTiCePrAcTiCePrAcTiCe')).toBe(null)
  expect(field('pin').normalise?.(' 042935 ')).toBe('042935')
  expect(() => field('pin').normalise?.('42935')).toThrow('six digits')
  expect(() => field('client_code').normalise?.('a@example.com')).toThrow('not the e-mail')
})

test('5paisa: each field has its own name in .env files', () => {
  expect(brokerOf('5paisa').fields.map(({ env }) => env)).toEqual([
    'FIVEPAISA_USER_KEY',
    'FIVEPAISA_ENCRYPTION_KEY',
    'FIVEPAISA_USER_ID',
    'FIVEPAISA_CLIENT_CODE',
    'FIVEPAISA_PIN',
    'FIVEPAISA_TOTP_SECRET',
  ])
})

test('5paisa: a token that names an earlier end is believed', () => {
  const issuedAt = Date.parse('2026-11-21T02:45:05Z')
  const exp = issuedAt / 1000 + 3600
  const token = `x.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.x`
  const broker = brokerOf('5paisa')
  expect(broker.expiresAt(issuedAt, { access_token: new Secret(token) })).toBe(exp * 1000)
  expect(broker.expiresAt(issuedAt, { access_token: new Secret('a-token') })).toBe(
    Date.parse('2026-11-21T23:59:00+05:30'),
  )
})

test.each([401, 403])('5paisa: a gateway’s %i ends a token', async (status) => {
  const { engine, practice } = await brokerMorning('5paisa')
  await engine.login('5paisa')
  practice.fault({ at: MARGIN, kind: 'json', status, value: {}, times: 1 })
  const error = await loginFailure(engine.probe('5paisa', new AbortController().signal))
  expect(error.kind).toBe('token-expired')
})
