import { describe, expect, test } from 'vitest'
import { brokerConformance } from '../../../../tests/support/broker-conformance.ts'
import { brokerMorning } from '../../../../tests/support/broker-morning.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'

const MINT = 'POST /app/generateAccessToken'
const PROFILE = 'GET /v2/profile'
const RENEW = 'GET /v2/RenewToken'
const HOUR_MS = 60 * 60_000
const both = { password: 1, code: 1 }
const refused = (message: string) => ({ status: 'error', message })
const apiError = (errorCode: string, errorType: string, errorMessage: string) => ({
  errorType,
  errorCode,
  errorMessage,
})
const inData = (code: string, text: string) => ({ status: 'failed', data: { [code]: text } })

brokerConformance('dhan', {
  wrong: {
    password: {
      typed: { pin: '193765' },
      kind: 'bad-credentials',
      words: 'Invalid Pin',
      next: 'web.dhan.co',
      spent: both,
    },
    code: {
      typed: { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' },
      kind: 'bad-totp',
      words: 'Invalid TOTP',
      next: 'Enter the PIN too',
      spent: both,
    },
    'another client ID': {
      typed: { client_id: '1000000002' },
      kind: 'app-config',
      words: 'Client ID',
      next: 'My Profile',
    },
  },
  locked: { kind: 'account-locked', words: 'blocked', spent: both },
  refusals: {
    'a token that another program has just asked for': {
      at: MINT,
      status: 200,
      json: refused('Token can be generated once every 2 minutes.'),
      kind: 'rate-limited',
      words: 'once every 2 minutes',
      next: 'two minutes',
    },
    'a mint without a token': {
      at: MINT,
      status: 200,
      json: { dhanClientId: '1000000001', expiryTime: '2026-11-22T08:15:05' },
      kind: 'protocol-changed',
      spent: both,
    },
    'a token that has ended before, by its own word': {
      at: MINT,
      status: 200,
      json: { accessToken: 'eyJh.eyJi.c2ln', expiryTime: '2026-11-21T08:15:00' },
      kind: 'protocol-changed',
    },
    'the token of another client': {
      at: MINT,
      status: 200,
      json: { dhanClientId: '1000000002', accessToken: 'eyJh.eyJi.c2ln' },
      kind: 'bad-credentials',
    },
    'a client ID that is not known': {
      at: MINT,
      status: 200,
      json: inData('810', 'Client ID is invalid'),
      kind: 'app-config',
      words: 'invalid',
      next: 'ten digits',
    },
    'too many requests': {
      at: PROFILE,
      status: 400,
      json: apiError('DH-904', 'Rate_Limit', 'Too many requests on server from single user'),
      kind: 'rate-limited',
    },
    'too many requests, in the other envelope': {
      at: PROFILE,
      status: 200,
      json: inData('805', 'Too many requests'),
      kind: 'rate-limited',
    },
    'missing or bad input': {
      at: PROFILE,
      status: 400,
      json: apiError('DH-905', 'Input_Exception', 'Missing required fields, bad values for parameters etc.'),
      kind: 'protocol-changed',
      words: 'Missing required fields',
    },
  },
  expires: '2026-11-22T02:45:05.000Z',
})

/** Returns a morning with a token that is `hours` old. */
async function withToken(hours: number, quirks: string[] = []) {
  const morning = await brokerMorning('dhan', { quirks: new Set(quirks) })
  await morning.engine.login('dhan')
  morning.clock.advance(hours * HOUR_MS)
  const before = morning.asked().length
  return { ...morning, since: () => morning.asked().slice(before) }
}

describe('dhan: the limit of one token in two minutes', () => {
  test('holds for the try after a refused one too, which would start the time anew', async () => {
    const { engine, practice, clock } = await brokerMorning('dhan', { typed: { client_id: '1000000002' } })
    await loginFailure(engine.login('dhan'))
    const before = practice.requests.length
    clock.advance(125_000)
    const error = await loginFailure(engine.login('dhan', { force: true }))
    expect([error.kind, practice.requests.length]).toEqual(['rate-limited', before])
    expect(error.message).toContain('one login in 3 minutes')
    clock.advance(6_000)
    expect((await loginFailure(engine.login('dhan'))).kind).toBe('app-config')
  })

  test('holds after a mint somewhere else', async () => {
    const { engine, practice, clock } = await brokerMorning('dhan')
    const json = { status: 'error', message: 'Token can be generated once every 2 minutes.' }
    practice.fault({ at: MINT, kind: 'json', status: 200, value: json })
    await loginFailure(engine.login('dhan'))
    clock.advance(131_000)
    expect(await engine.login('dhan')).toBe('obtained')
  })
})

describe('dhan: a refused token', () => {
  const codes = ['DH-901', '807', '808', '809']

  test.each(codes)('%s, whatever the status', async (code) => {
    const { engine, practice } = await withToken(1)
    const value = code.startsWith('DH')
      ? apiError(code, 'Invalid_Authentication', 'Client ID or access token is invalid or expired.')
      : inData(code, 'Access token is expired')
    for (const status of [200, 400, 401]) {
      practice.fault({ at: PROFILE, kind: 'json', status, value })
      const error = await loginFailure(engine.probe('dhan', new AbortController().signal))
      expect([error.kind, error.brokerWords]).toEqual(['token-expired', expect.stringContaining('expired')])
    }
  })

  test('is asked about once more where it is some seconds old', async () => {
    const { engine, clock, own, asked } = await brokerMorning('dhan', { quirks: new Set(['slow-token']) })
    const login = engine.login('dhan')
    await clock.untilWaitingFor(3_000)
    clock.advance(3_000)
    expect(await login).toBe('obtained')
    expect(asked()).toEqual([MINT, PROFILE, PROFILE])
    expect(own().token?.seen).toBe('accepted')
  })

  test.each([
    ['that is refused too', 401, apiError('DH-901', 'Invalid_Authentication', 'Access token is invalid')],
    ['it is another client’s', 200, { dhanClientId: '1000000002' }],
  ])('is given up where %s', async (_what, status, value) => {
    const { engine, clock, practice, own } = await brokerMorning('dhan')
    practice.fault({ at: PROFILE, kind: 'json', status, value, times: 2 })
    const failed = loginFailure(engine.login('dhan'))
    await clock.untilWaitingFor(3_000)
    clock.advance(3_000)
    expect((await failed).kind).toBe('protocol-changed')
    expect(own().token?.seen).toBe('rejected')
  })
})

test.each([
  ['DH-902', apiError('DH-902', 'Invalid_Access', 'User has not subscribed to Data APIs.')],
  ['806', inData('806', 'Data APIs not subscribed')],
  ['820', inData('820', 'Market depth access denied')],
  ['821', inData('821', 'No access')],
])('dhan: %s says nothing about the token, which is kept', async (_code, value) => {
  const { engine, practice, own } = await brokerMorning('dhan')
  practice.fault({ at: PROFILE, kind: 'json', status: 403, value, times: Infinity })
  expect(await engine.login('dhan')).toBe('obtained')
  expect(own()).toMatchObject({ token: { seen: 'unverified' }, problem: { kind: 'subscription' } })
  expect(own().problem?.next).toContain('DhanHQ Trading APIs')
})

describe('dhan: a token in the second half of its day', () => {
  test('is renewed without PIN and code, and ends', async () => {
    const { engine, tokens, practice, since, own, clock } = await withToken(13)
    const before = (await tokens.bundle('dhan'))['access_token']?.reveal() ?? ''
    expect(await engine.login('dhan')).toBe('obtained')
    expect(since()).toEqual([PROFILE, RENEW, PROFILE])
    const after = (await tokens.bundle('dhan'))['access_token']?.reveal() ?? ''
    const accepted = [before, after].map((token) =>
      practice.accepts({ access_token: token, client_id: '1000000001' }),
    )
    expect(accepted).toEqual([false, true])
    expect(own().token?.expiresAt).toBe(Math.floor(clock.now() / 1000) * 1000 + 24 * HOUR_MS)
  })

  test('is read under the other name too', async () => {
    const { engine, practice, tokens } = await withToken(13)
    practice.fault({ at: RENEW, kind: 'json', status: 200, value: { token: 'eyJh.eyJi.c2ln' } })
    practice.fault({
      at: PROFILE,
      kind: 'json',
      status: 200,
      value: { dhanClientId: '1000000001' },
      times: 2,
    })
    expect(await engine.login('dhan')).toBe('obtained')
    expect((await tokens.bundle('dhan'))['access_token']?.reveal()).toBe('eyJh.eyJi.c2ln')
  })

  test.each([
    ['is refused', 400, apiError('DH-905', 'Input_Exception', 'Missing required fields')],
    ['names no token', 200, { dhanClientId: '1000000001' }],
  ])('is kept when the renewal %s', async (_what, status, value) => {
    const { engine, practice, since } = await withToken(13)
    practice.fault({ at: RENEW, kind: 'json', status, value })
    expect(await engine.login('dhan')).toBe('kept')
    expect(since()).toEqual([PROFILE, RENEW, PROFILE])
  })

  test('is renewed, and the pause that the new one meets at once is kept to and told', async () => {
    const { engine, practice, since, own, clock } = await withToken(13)
    practice.fault({ at: PROFILE, kind: 'json', status: 200, value: { dhanClientId: '1000000001' } })
    practice.fault({ at: PROFILE, kind: 'status', status: 429, retryAfter: '90' })
    expect((await loginFailure(engine.login('dhan'))).kind).toBe('rate-limited')
    expect(own()).toMatchObject({
      coolDownUntil: clock.now() + 90_000,
      problem: { kind: 'rate-limited' },
      token: { seen: 'unverified' },
    })
    expect((await loginFailure(engine.login('dhan'))).kind).toBe('rate-limited')
    expect(since()).toEqual([PROFILE, RENEW, PROFILE])
  })

  test('is replaced by a login in its last third when the renewal is refused', async () => {
    const { engine, practice, since } = await withToken(17)
    const value = apiError('DH-905', 'Input_Exception', 'Missing required fields')
    practice.fault({ at: RENEW, kind: 'json', status: 400, value })
    expect(await engine.login('dhan')).toBe('obtained')
    expect(since()).toEqual([PROFILE, RENEW, MINT, PROFILE])
  })

  test('is replaced by a login when the reply to the renewal is lost', async () => {
    const { engine, practice, since } = await withToken(13)
    practice.fault({ at: RENEW, kind: 'reset-after-processing' })
    expect(await engine.login('dhan')).toBe('obtained')
    expect(since()).toEqual([PROFILE, RENEW, PROFILE, MINT, PROFILE])
  })
})

test('dhan: a reply that names no end of the token gives it a day', async () => {
  const { own, clock } = await withToken(0, ['no-expiry'])
  expect(own().token?.expiresAt).toBe(clock.now() + 24 * HOUR_MS)
})

test('dhan: the practice broker is as strict as Dhan', async () => {
  const { endpoints } = await withToken(1)
  const { auth = '', api = '' } = endpoints
  const json = async (url: string, init: RequestInit): Promise<unknown> => (await fetch(url, init)).json()
  const entries = { dhanClientId: '1000000001', pin: '739164', totp: '000000' }
  const headers = { 'content-type': 'application/json' }
  const inBody = { method: 'POST', headers, body: JSON.stringify(entries) }
  const refusal = await json(`${auth}/app/generateAccessToken`, inBody)
  expect(refusal).toEqual({ status: 'error', message: 'Missing required query parameters' })
  expect(await json(`${api}/v2/RenewToken`, { method: 'POST' })).toMatchObject({ errorCode: 'DH-905' })
})
