import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { brokerConformance } from '../../../../tests/support/broker-conformance.ts'
import { brokerMorning } from '../../../../tests/support/broker-morning.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'

const ACCESS = 'POST /v1/token/api/access'
const DETAIL = 'GET /v1/user/detail'
const oneCode = { password: 0, code: 1 }
const refused = (displayMessage: string) => ({ error: { displayMessage } })
const failure = (code: string, message: string) => ({ status: 'FAILURE', error: { code, message } })

brokerConformance('groww', {
  wrong: {
    code: {
      typed: { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' },
      kind: 'bad-totp',
      words: 'Invalid TOTP',
      next: 'authenticator',
      spent: { password: 0, code: 2 },
    },
    app: {
      typed: { api_key: 'eyJhbGciOiJFUzI1NiJ9.eyJrZXkiOiJhbm90aGVyIn0.YW5vdGhlcg' },
      kind: 'app-config',
      words: 'Unauthorised',
      next: 'api-keys',
    },
  },
  locked: { kind: 'account-locked', words: 'blocked', next: 'api-keys', spent: oneCode },
  refusals: {
    'a refusal that does not say whether it is about the code': {
      at: ACCESS,
      status: 400,
      json: refused('Something is wrong with this request'),
      kind: 'protocol-changed',
      words: 'wrong',
      next: 'authenticator',
      spent: oneCode,
    },
    'a key of the other kind': {
      at: ACCESS,
      status: 400,
      json: refused('key_type totp is not valid for this API key'),
      kind: 'app-config',
      words: 'key_type',
      next: 'Generate a TOTP token',
    },
    'a key that is not approved': {
      at: ACCESS,
      status: 403,
      json: refused('The API key is not approved for today'),
      kind: 'consent-required',
      next: 'Approve the key',
      spent: oneCode,
    },
    'a token that is not active': {
      at: ACCESS,
      status: 200,
      json: { token: 'eyJh.eyJi.c2ln', expiry: '2026-11-22T06:00:00', isActive: false },
      kind: 'consent-required',
      next: 'Approve the key',
    },
    'a token that has ended before, by its own word': {
      at: ACCESS,
      status: 200,
      json: { token: 'eyJh.eyJi.c2ln', expiry: '2026-11-21 08:15:00', isActive: true },
      kind: 'protocol-changed',
    },
    'no authorisation': {
      at: ACCESS,
      status: 403,
      json: failure('GA005', 'User not authorised to perform this action'),
      kind: 'subscription',
      words: 'not authorised',
      next: 'api-keys',
      spent: oneCode,
    },
    'an address that is not let in': {
      at: ACCESS,
      status: 403,
      json: failure('GA005', 'Your IP address is not whitelisted'),
      kind: 'ip-not-allowed',
      words: 'not whitelisted',
      spent: oneCode,
    },
    'too many token requests': {
      at: ACCESS,
      status: 429,
      json: refused('Rate limit breached'),
      kind: 'rate-limited',
    },
    'a session without a token': {
      at: ACCESS,
      status: 200,
      json: { tokenRefId: 'one', isActive: true },
      kind: 'protocol-changed',
      spent: oneCode,
    },
    'trouble inside Groww': {
      at: DETAIL,
      status: 400,
      json: failure('GA000', 'Internal error occurred'),
      kind: 'broker-down',
    },
    'a service that is not there': {
      at: DETAIL,
      status: 400,
      json: failure('GA003', 'Unable to serve request currently'),
      kind: 'broker-down',
    },
    'a bad request': {
      at: DETAIL,
      status: 400,
      json: failure('GA001', 'Bad request'),
      kind: 'protocol-changed',
      words: 'Bad request',
    },
    'a request for what is not there': {
      at: DETAIL,
      status: 400,
      json: failure('GA004', 'Requested entity does not exist'),
      kind: 'protocol-changed',
    },
    'a request that can’t be done': {
      at: DETAIL,
      status: 400,
      json: failure('GA006', 'Cannot process this request'),
      kind: 'protocol-changed',
    },
  },
  // Six o'clock in India.
  expires: '2026-11-22T00:30:00.000Z',
})

test('groww: a refused authorisation of the probe says nothing about the token, which is kept', async () => {
  const { engine, practice, own } = await brokerMorning('groww')
  const value = failure('GA005', 'User not authorised to perform this action')
  practice.fault({ at: DETAIL, kind: 'json', status: 403, value, times: Infinity })
  expect(await engine.login('groww')).toBe('obtained')
  expect(own()).toMatchObject({ token: { seen: 'unverified' }, problem: { kind: 'subscription' } })
})

describe('groww: the end of a token', () => {
  test.each(['no-zone', 'no-expiry'])('is six o’clock in India with %s', async (quirk) => {
    const { engine, own } = await brokerMorning('groww', { quirks: new Set([quirk]) })
    expect(await engine.login('groww')).toBe('obtained')
    expect(own().token?.expiresAt).toBe(Date.parse('2026-11-22T06:00:00+05:30'))
  })

  test('in the past is a failure', async () => {
    const { engine, own } = await brokerMorning('groww', { quirks: new Set(['past-expiry']) })
    const { kind, message } = await loginFailure(engine.login('groww'))
    expect([kind, own().token]).toEqual(['protocol-changed', null])
    expect(message).toContain('already ended')
  })
})

test('groww: a key that is approved meanwhile logs in', async () => {
  const quirks = new Set(['not-approved'])
  const { engine, clock, own } = await brokerMorning('groww', { quirks })
  expect((await loginFailure(engine.login('groww'))).kind).toBe('consent-required')
  expect(own().spent).toEqual({ password: 0, code: 0 })
  quirks.clear()
  clock.advance(60_000)
  expect(await engine.login('groww')).toBe('obtained')
})

test('groww: a key of the approval kind takes no code', async () => {
  const { failure: failed } = await brokerMorning('groww', { quirks: new Set(['approval-key']) })
  const { kind, brokerWords } = await failed()
  expect([kind, brokerWords]).toEqual(['app-config', expect.stringContaining('key_type')])
})

describe('groww: the practice broker is as strict as Groww', () => {
  async function asked(quirks: string[], body: object, authorization?: string) {
    const { endpoints, practice, clock } = await brokerMorning('groww', { quirks: new Set(quirks) })
    const { api_key = '', totp_secret = '' } = practice.credentials
    const timestamp = String(Math.floor(clock.now() / 1000))
    const checksum = createHash('sha256').update(`${totp_secret}${timestamp}`).digest('hex')
    const headers = {
      'content-type': 'application/json',
      authorization: authorization ?? `Bearer ${api_key}`,
    }
    const json = { timestamp, checksum, ...body }
    const reply = await fetch(`${endpoints['api'] ?? ''}/v1/token/api/access`, {
      method: 'POST',
      headers,
      body: JSON.stringify('checksum' in body ? { ...json, checksum: checksum.toUpperCase() } : json),
    })
    return [reply.status, await reply.text()]
  }

  test.each([
    ['no Bearer', [], { key_type: 'totp', totp: '123456' }, 'practice', 401, 'Unauthorised'],
    ['the other kind of key', [], { key_type: 'approval' }, undefined, 400, 'key_type totp'],
    ['a code as a number', [], { key_type: 'totp', totp: 123456 }, undefined, 400, 'text fields'],
    ['no code', [], { key_type: 'totp' }, undefined, 400, 'totp'],
    ['an old time', ['approval-key'], { key_type: 'approval', timestamp: '1' }, undefined, 400, 'timestamp'],
    ['upper-case hex', ['approval-key'], { key_type: 'approval', checksum: '' }, undefined, 400, 'checksum'],
    ['nothing wrong', ['approval-key'], { key_type: 'approval' }, undefined, 200, '"isActive":true'],
  ])('%s', async (_what, quirks, body, authorization, status, words) => {
    expect(await asked(quirks, body, authorization)).toEqual([status, expect.stringContaining(words)])
  })

  test('more than 150 requests a day', async () => {
    const { endpoints, practice, clock } = await brokerMorning('groww')
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${practice.credentials['api_key'] ?? ''}`,
    }
    const statuses = []
    for (let tries = 0; tries < 151; tries++) {
      clock.advance(10_000)
      const init = { method: 'POST', headers, body: JSON.stringify({ key_type: 'totp' }) }
      statuses.push((await fetch(`${endpoints['api'] ?? ''}/v1/token/api/access`, init)).status)
    }
    expect([...new Set(statuses.slice(0, 150)), statuses[150]]).toEqual([400, 429])
  })
})
