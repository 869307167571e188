import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { kiteMorning } from '../../../../tests/support/kite-morning.ts'
import { problemKinds, type ProblemKind } from '../../../contract/state.ts'
import { LoginError } from '../../errors.ts'
import { LoginEngine } from '../engine.ts'
import { LOST_REPLY_PAUSE_MS, pauseBeforeRetry, TROUBLE_PAUSES_MS } from './retry.ts'

const nothingSent = { coolDownMs: 0, attemptsLeft: null, isPasswordOpen: false }
const pause = (kind: ProblemKind, ...before: ProblemKind[]): number | null =>
  pauseBeforeRetry(
    new LoginError(kind),
    before.map((other) => new LoginError(other)),
    TROUBLE_PAUSES_MS,
    nothingSent,
  )

describe('a failed login', () => {
  const retried: ProblemKind[] = ['network', 'timeout', 'broker-down', 'bad-totp', 'token-expired']
  test.each(problemKinds.filter((kind) => !retried.includes(kind)))('is not tried again after %s', (kind) => {
    expect(pause(kind)).toBe(null)
  })

  test('is tried again after passing trouble, with growing pauses that come to an end', () => {
    expect(pause('network')).toBe(1_000)
    expect(pause('timeout', 'network')).toBe(3_000)
    expect(pause('broker-down', 'network', 'timeout')).toBe(9_000)
    expect(pause('network', 'network', 'timeout', 'broker-down')).toBe(null)
  })

  test('is tried once more after a refused code or request token', () => {
    expect(pause('bad-totp')).toBe(0)
    expect(pause('bad-totp', 'network')).toBe(0)
    expect(pause('bad-totp', 'bad-totp')).toBe(null)
    expect(pause('token-expired')).toBe(0)
    expect(pause('token-expired', 'token-expired')).toBe(null)
  })

  test.each(retried)('is not tried again after a %s that is said to be final', (kind) => {
    const error = new LoginError(kind, { final: true })
    expect(pauseBeforeRetry(error, [], TROUBLE_PAUSES_MS, nothingSent)).toBe(null)
  })

  test('waits longer where a password was left without an answer', () => {
    const open = { ...nothingSent, isPasswordOpen: true }
    expect(pauseBeforeRetry(new LoginError('network'), [], TROUBLE_PAUSES_MS, open)).toBe(LOST_REPLY_PAUSE_MS)
  })
})

describe('a morning with passing trouble', () => {
  async function patientMorning() {
    const parts = await kiteMorning()
    const engine = new LoginEngine({ ...parts, troublePauses: TROUBLE_PAUSES_MS })
    return { ...parts, engine }
  }

  test('ends well when the broker comes back', async () => {
    const { engine, broker, clock } = await patientMorning()
    broker.fault({ at: 'GET /connect/login', kind: 'status', status: 502, body: 'html', times: 2 })
    const login = engine.login('kite')
    for (const ms of [1_000, 3_000]) {
      await clock.untilWaitingFor(ms)
      clock.advance(ms)
    }
    expect(await login).toBe('obtained')
  })

  test('tells what went wrong when it does not', async () => {
    const { engine, broker, clock, account } = await patientMorning()
    broker.fault({ at: 'GET /connect/login', kind: 'reset', times: Infinity })
    const login = loginFailure(engine.login('kite'))
    for (const ms of TROUBLE_PAUSES_MS) {
      await clock.untilWaitingFor(ms)
      clock.advance(ms)
    }
    expect((await login).kind).toBe('network')
    expect(account('kite').problem?.kind).toBe('network')
    expect(broker.requests).toHaveLength(1 + TROUBLE_PAUSES_MS.length)
  })

  test('asks about a token that could not be tried, and gets no other', async () => {
    const { engine, broker, clock } = await patientMorning()
    broker.fault({ at: 'GET /user/profile', kind: 'status', status: 503, body: 'json' })
    const login = engine.login('kite')
    await clock.untilWaitingFor(1_000)
    clock.advance(1_000)
    expect(await login).toBe('obtained')
    expect(broker.loginsCompleted).toBe(1)
  })

  test('can be cancelled in a pause', async () => {
    const { engine, broker, clock } = await patientMorning()
    broker.fault({ at: 'GET /connect/login', kind: 'reset', times: Infinity })
    const login = loginFailure(engine.login('kite'))
    await clock.untilWaitingFor(1_000)
    engine.cancel('kite')
    expect((await login).kind).toBe('cancelled')
  })

  test('never sends a password again that was not accepted before and whose reply was lost', async () => {
    const { engine, broker } = await patientMorning()
    broker.fault({ at: 'POST /api/login', kind: 'reset-after-processing', times: Infinity })
    expect((await loginFailure(engine.login('kite'))).kind).toBe('budget-spent')
    expect(broker.requests.filter(({ path }) => path === '/api/login')).toHaveLength(1)
  })
})
