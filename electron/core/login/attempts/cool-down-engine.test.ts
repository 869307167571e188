import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { kiteMorning } from '../../../../tests/support/kite-morning.ts'
import { madeUpDomain, madeUpTokens } from '../../../../tests/support/made-up-broker.ts'
import { LoginError } from '../../errors.ts'
import type { HttpRequest } from '../../ports.ts'
import { LoginEngine } from '../engine.ts'
import { TROUBLE_PAUSES_MS } from './retry.ts'

const never = new AbortController().signal

/** A morning on which the broker has just asked for a pause of 30 s, with no token at hand. */
async function pausedMorning() {
  const parts = await kiteMorning()
  parts.broker.fault({ at: 'GET /connect/login', kind: 'status', status: 429, retryAfter: '30' })
  await loginFailure(parts.engine.login('kite'))
  return parts
}

describe('a broker that asks for a pause', () => {
  test.each([
    'GET /connect/login',
    'POST /api/login',
    'POST /api/twofa',
    'GET /connect/finish',
    'POST /session/token',
    'GET /user/profile',
  ])('at %s gets it, and the next login works', async (at) => {
    const { engine, broker, account, clock, tokens } = await kiteMorning()
    broker.fault({ at, kind: 'status', status: 429, retryAfter: '30' })
    expect((await loginFailure(engine.login('kite'))).kind).toBe('rate-limited')
    expect(account('kite').coolDownUntil).toBe(clock.now() + 30_000)
    const asked = broker.requests.length
    clock.advance(29_000)
    expect((await loginFailure(engine.login('kite'))).kind).toBe('rate-limited')
    expect(broker.requests).toHaveLength(asked)
    clock.advance(1_000)
    await engine.login('kite')
    expect(tokens.freshness('kite')).toBe('fresh')
  })

  test('gets it by its own clock when it names a time', async () => {
    const { engine, broker, account, clock } = await kiteMorning({ brokerAheadMs: 3 * 60 * 60_000 })
    const retryAfter = new Date(clock.now() + 3 * 60 * 60_000 + 45_000).toUTCString()
    broker.fault({ at: 'GET /connect/login', kind: 'status', status: 503, retryAfter })
    await loginFailure(engine.login('kite'))
    expect(account('kite').coolDownUntil).toBe(clock.now() + 45_000)
  })

  test('gets it from a program that was started anew, also by force', async () => {
    const parts = await pausedMorning()
    const { broker, clock } = parts
    for (const force of [false, true]) {
      const error = await loginFailure(new LoginEngine(parts).login('kite', { force }))
      expect(error.kind).toBe('rate-limited')
    }
    expect(broker.requests).toHaveLength(1)
    clock.advance(30_000)
    expect(await new LoginEngine(parts).login('kite')).toBe('obtained')
  })

  test('does not get a longer one from who asks too early', async () => {
    const { engine, account, clock } = await pausedMorning()
    const until = account('kite').coolDownUntil
    clock.advance(20_000)
    await loginFailure(engine.login('kite'))
    await loginFailure(engine.login('kite', { force: true }))
    expect(account('kite').coolDownUntil).toBe(until)
  })

  test('gets it from all accounts of the same person, and only from them', async () => {
    const { engine, broker, accounts, account, endpoints } = await kiteMorning()
    const add = (name: string, values: Readonly<Record<string, string>>): Promise<void> =>
      accounts.add({ name, brokerId: 'kite-connect', values, endpoints, acceptTerms: true })
    await add('kite-too', broker.credentials)
    await add('other', { ...broker.credentials, user_id: 'CD5678' })
    broker.fault({ at: 'GET /connect/login', kind: 'status', status: 429, retryAfter: '30' })
    await loginFailure(engine.login('kite'))
    expect((await loginFailure(engine.login('kite-too'))).kind).toBe('rate-limited')
    expect(broker.requests).toHaveLength(1)
    expect(account('other').coolDownUntil).toBe(null)
  })

  test('gets it also from an account of the same person that is added meanwhile', async () => {
    const { engine, broker, accounts, endpoints } = await pausedMorning()
    const values = broker.credentials
    await accounts.add({ name: 'late', brokerId: 'kite-connect', values, endpoints, acceptTerms: true })
    expect((await loginFailure(engine.login('late'))).kind).toBe('rate-limited')
    expect(broker.requests).toHaveLength(1)
  })

  test('gets it also after the user has entered the password again', async () => {
    const { engine, broker, accounts, endpoints } = await pausedMorning()
    const { password } = broker.credentials
    await accounts.change('kite', { values: { password }, endpoints, acceptTerms: false })
    expect((await loginFailure(engine.login('kite'))).kind).toBe('rate-limited')
    expect(broker.requests).toHaveLength(1)
  })
})

test('a pause is not asked for by an earlier reply than the one that ended the login', async () => {
  const request: HttpRequest = { method: 'GET', url: new URL('https://made-up.example/') }
  const headers = new Headers({ 'retry-after': '30' })
  let asked = 0
  const { engine, account } = await madeUpDomain({
    login: async ({ http }) => {
      await http.send(request)
      await http.send(request)
      return madeUpTokens
    },
    answer: () =>
      ++asked === 1
        ? Promise.resolve({ status: 404, headers, body: '' })
        : Promise.reject(new LoginError('network')),
  })
  expect((await loginFailure(engine.login('main'))).kind).toBe('network')
  expect(account().coolDownUntil).toBe(null)
})

describe('a token at hand', () => {
  /** A morning with a token, and a pause that a second login has brought about. */
  async function pausedWithToken() {
    const parts = await kiteMorning()
    await parts.engine.login('kite')
    parts.broker.fault({ at: 'GET /connect/login', kind: 'status', status: 429, retryAfter: '30' })
    await loginFailure(parts.engine.login('kite', { force: true }))
    return { ...parts, asked: parts.broker.requests.length }
  }

  test('is not asked about in a pause, and stays as good as it was', async () => {
    const { engine, broker, tokens, asked } = await pausedWithToken()
    expect((await loginFailure(engine.probe('kite', never))).kind).toBe('rate-limited')
    expect((await loginFailure(engine.login('kite'))).kind).toBe('rate-limited')
    expect(broker.requests).toHaveLength(asked)
    expect(tokens.freshness('kite')).toBe('fresh')
  })

  test('is asked about and kept once the pause is over', async () => {
    const { engine, clock } = await pausedWithToken()
    clock.advance(30_000)
    await engine.probe('kite', never)
    expect(await engine.login('kite')).toBe('kept')
  })

  test('brings a pause about when the broker does not want to be asked', async () => {
    const { engine, broker, account, clock, tokens } = await kiteMorning()
    await engine.login('kite')
    broker.fault({ at: 'GET /user/profile', kind: 'status', status: 429, retryAfter: '30' })
    expect((await loginFailure(engine.probe('kite', never))).kind).toBe('rate-limited')
    expect(account('kite').coolDownUntil).toBe(clock.now() + 30_000)
    const asked = broker.requests.length
    await loginFailure(engine.probe('kite', never))
    expect(broker.requests).toHaveLength(asked)
    expect(tokens.freshness('kite')).toBe('unverified')
  })
})

describe('a broker that is down and names a time', () => {
  async function patientMorning() {
    const parts = await kiteMorning()
    return { ...parts, engine: new LoginEngine({ ...parts, troublePauses: TROUBLE_PAUSES_MS }) }
  }

  test.each(['GET /connect/login', 'POST /api/login', 'POST /api/twofa'])(
    'is waited for within the login when the time is short: %s',
    async (at) => {
      const { engine, broker, clock } = await patientMorning()
      broker.fault({ at, kind: 'status', status: 503, body: 'json', retryAfter: '30' })
      const login = engine.login('kite')
      await clock.untilWaitingFor(30_000)
      clock.advance(30_000)
      expect(await login).toBe('obtained')
    },
  )

  test('is left to the next login when the time is long', async () => {
    const { engine, broker, account, clock } = await patientMorning()
    broker.fault({ at: 'GET /connect/login', kind: 'status', status: 503, retryAfter: '31' })
    expect((await loginFailure(engine.login('kite'))).kind).toBe('broker-down')
    expect(broker.requests).toHaveLength(1)
    expect(account('kite').coolDownUntil).toBe(clock.now() + 31_000)
  })

  test('is not asked sooner than after other trouble', async () => {
    const { engine, broker, clock } = await patientMorning()
    broker.fault({ at: 'GET /connect/login', kind: 'reset' })
    broker.fault({ at: 'GET /connect/login', kind: 'status', status: 503, retryAfter: '1' })
    const login = engine.login('kite')
    for (const ms of [1_000, 3_000]) {
      await clock.untilWaitingFor(ms)
      clock.advance(ms)
    }
    expect(await login).toBe('obtained')
  })

  test('is asked again by a login whose timer comes a moment early', async () => {
    const parts = await kiteMorning()
    const { broker, clock } = parts
    const hasty = {
      now: () => clock.now(),
      after: (ms: number, ring: () => void) => clock.after(ms - 1, ring),
    }
    const engine = new LoginEngine({ ...parts, clock: hasty, troublePauses: TROUBLE_PAUSES_MS })
    broker.fault({ at: 'GET /connect/login', kind: 'status', status: 503, retryAfter: '5' })
    const login = engine.login('kite')
    await clock.untilWaitingFor(4_999)
    clock.advance(4_999)
    expect(await login).toBe('obtained')
  })
})
