import { describe, expect, test } from 'vitest'
import { brokerConformance } from '../../../../tests/support/broker-conformance.ts'
import { brokerMorning, brokerOf } from '../../../../tests/support/broker-morning.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { indstocks as practice } from '../../../../practice/indstocks.ts'
import { Secret } from '../../secret.ts'

const MINT = 'POST /generate/token'
const PROFILE = 'GET /user/profile'
const both = { password: 1, code: 1 }
const said = (message: string, error_type: string) => ({ status: 'error', message, error_type })

brokerConformance('indstocks', {
  wrong: {
    password: {
      typed: { mpin: '1937' },
      kind: 'bad-credentials',
      words: 'Invalid MPIN',
      next: 'INDmoney app',
      spent: both,
    },
    code: {
      typed: { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' },
      kind: 'bad-totp',
      words: 'TOTP',
      next: 'authenticator app',
      spent: both,
    },
    app: {
      typed: { client_id: 'another-client' },
      kind: 'app-config',
      words: 'Unauthorized',
      next: 'neither the access token nor the UCC',
      spent: both,
    },
  },
  locked: { kind: 'account-locked', words: 'locked', next: 'Wait an hour', spent: both },
  refusals: {
    'a lock after five wrong codes': {
      at: MINT,
      status: 403,
      json: said('Too many wrong TOTP codes, locked for 15 minutes', 'UserException'),
      kind: 'account-locked',
      next: 'Wait an hour',
      spent: both,
    },
    'TOTP that is switched off': {
      at: MINT,
      status: 400,
      json: said('TOTP is not enabled for this account', 'InputException'),
      kind: 'app-config',
      next: 'Set it up at',
      spent: both,
    },
    'a Client ID that is refused in words': {
      at: MINT,
      status: 400,
      json: { status: 'error', message: 'Invalid x-api-key', error_code: 'InputException' },
      kind: 'app-config',
      next: 'Compare it',
      spent: both,
    },
    '403 without a word': { at: MINT, status: 403, json: {}, kind: 'app-config', spent: both },
    'a request that is called wrong': {
      at: MINT,
      status: 400,
      json: said('Invalid request body', 'InputException'),
      kind: 'protocol-changed',
      next: 'send its report',
      spent: both,
    },
    'trouble at INDstocks': {
      at: MINT,
      status: 400,
      json: said('Something went wrong', 'GeneralException'),
      kind: 'budget-spent',
      spent: both,
    },
    'a second token within the minute': {
      at: MINT,
      status: 429,
      json: said('Only one token can be generated per 60 seconds', 'GeneralException'),
      kind: 'rate-limited',
    },
    'a success without a token': {
      at: MINT,
      status: 200,
      json: { status: 'success', data: {} },
      kind: 'protocol-changed',
      spent: both,
    },
    'a token that is refused at once': {
      at: PROFILE,
      status: 403,
      json: said('Invalid or expired access token', 'TokenException'),
      kind: 'protocol-changed',
      words: 'access token',
    },
    'a profile that INDstocks could not get': {
      at: PROFILE,
      status: 400,
      json: { message: 'Try later', success: false, error_type: 'NetworkException' },
      kind: 'broker-down',
    },
  },
  // Seven in the morning in India, because nothing in the practice token names an end.
  expires: '2026-11-22T01:30:00.000Z',
})

describe('indstocks', () => {
  test.each(['nested', 'flat'])('a token that is %s is found', async (quirk) => {
    const { engine, own } = await brokerMorning('indstocks', { quirks: new Set([quirk]) })
    expect(await engine.login('indstocks')).toBe('obtained')
    expect(own()).toMatchObject({ token: { seen: 'accepted' }, tokenUser: '1234567' })
  })

  test.each([{ access_token: 'a-token' }, { data: { access_token: 'a-token', expires_in: 1 } }])(
    'so is one by another name: %j',
    async (value) => {
      const { engine, practice: broker, tokens } = await brokerMorning('indstocks')
      broker.fault({ at: MINT, kind: 'json', status: 201, value, times: 1 })
      const data = { user_id: '1' }
      broker.fault({ at: PROFILE, kind: 'json', status: 200, value: { data }, times: Infinity })
      expect(await engine.login('indstocks')).toBe('obtained')
      expect((await tokens.bundle('indstocks'))['access_token']?.reveal()).toBe('a-token')
    },
  )

  test('a token of another user is not taken', async () => {
    const { engine, practice: broker } = await brokerMorning('indstocks')
    await engine.login('indstocks')
    const value = { status: 'success', data: { user_id: '7654321' } }
    broker.fault({ at: PROFILE, kind: 'json', status: 200, value, times: 1 })
    const error = await loginFailure(engine.probe('indstocks', new AbortController().signal))
    expect(error).toMatchObject({ kind: 'token-expired' })
    expect(error.message).toContain('7654321')
  })

  test('an account that is not active keeps its token and is told where to look', async () => {
    const { engine, practice: broker, own } = await brokerMorning('indstocks')
    const value = said('Segment not active', 'UserException')
    broker.fault({ at: PROFILE, kind: 'json', status: 403, value, times: Infinity })
    expect(await engine.login('indstocks')).toBe('obtained')
    const { token, problem } = own()
    expect(token?.seen).toBe('unverified')
    expect(problem).toMatchObject({ kind: 'subscription', brokerWords: 'Segment not active' })
    expect(problem?.next).toContain('INDmoney app')
  })

  test('a lock keeps every request away for an hour', async () => {
    const { engine, practice: broker, clock, own } = await brokerMorning('indstocks')
    const value = said('Token generation is locked', 'UserException')
    broker.fault({ at: MINT, kind: 'json', status: 403, value, times: 1 })
    await loginFailure(engine.login('indstocks'))
    expect(own().coolDownUntil).toBe(clock.now() + 3_600_000)
  })

  test('four logins in a quarter of an hour are the most, so that no lock is reached', () => {
    expect(brokerOf('indstocks').loginLimits).toContainEqual({ logins: 4, withinMs: 960_000 })
  })

  test('the end of a token is that which it or its reply names, within a day, or else 07:00', () => {
    const issuedAt = Date.parse('2026-11-21T08:15:05+05:30')
    const inHours = (hours: number): number => issuedAt + hours * 3_600_000
    const jwt = (exp: number) =>
      new Secret(`x.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.x`)
    const broker = brokerOf('indstocks')
    const opaque = new Secret('a-token')
    const ends = (access_token: Secret, named?: number) =>
      broker.expiresAt(issuedAt, {
        access_token,
        ...(named !== undefined && { expires_in: new Secret(String(named)) }),
      })
    expect(ends(jwt(inHours(3) / 1000), inHours(5))).toBe(inHours(3))
    expect(ends(opaque, inHours(5))).toBe(inHours(5))
    expect(ends(opaque, inHours(5) / 1000)).toBe(inHours(5))
    expect(ends(opaque, inHours(500))).toBe(inHours(24))
    expect(ends(opaque, 86_400)).toBe(Date.parse('2026-11-22T07:00:00+05:30'))
  })

  test('each field has its own name in .env files', () => {
    expect(brokerOf('indstocks').fields.map(({ env }) => env)).toEqual([
      'INDSTOCKS_CLIENT_ID',
      'INDSTOCKS_MPIN',
      'INDSTOCKS_TOTP_SECRET',
    ])
  })

  test('a pasted access token gets a hint', () => {
    const [clientId] = brokerOf('indstocks').fields
    expect(clientId?.hint?.('eyJ.eyJ.abc')).toContain('Client ID after Setup TOTP')
    expect(clientId?.hint?.('practice-client-id')).toBe(null)
  })
})

test('the practice INDstocks locks as the documents say: 15 minutes, and an hour after three locks', () => {
  const time = { now: Date.parse('2026-11-21T08:15:05+05:30') }
  const model = practice.model({ now: () => time.now })
  const mint = model.routes['api']?.[MINT] ?? expect.unreachable()
  const headers = { 'content-type': 'application/json', 'x-api-key': model.credentials['client_id'] ?? '' }
  const body = (totp: string) => JSON.stringify({ mpin: model.credentials['mpin'], totp })
  const enter = (totp: string) =>
    mint({ method: 'POST', url: new URL('http://localhost/generate/token'), headers, body: body(totp) })
  function isLockedAfterFive(): void {
    for (let count = 0; count < 5; count++) {
      time.now += 61_000
      // The account itself would be blocked after five wrong entries.
      model.unblock()
      expect(enter('000000').body).toContain('Invalid or already used')
    }
    time.now += 61_000
    model.unblock()
    expect(enter('000000').body).toContain('Token generation is locked')
  }
  for (const minutes of [15, 15, 60]) {
    isLockedAfterFive()
    time.now += (minutes - 3) * 60_000
    model.unblock()
    expect(enter(model.code()).body).toContain('locked')
    time.now += 3 * 60_000
  }
  expect(enter(model.code()).status).toBe(200)
})
