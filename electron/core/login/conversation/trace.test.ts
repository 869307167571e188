import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../../../tests/support/fake-clock.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { kiteMorning, type MorningOptions } from '../../../../tests/support/kite-morning.ts'
import { emptyReply } from '../../../../tests/support/made-up-broker.ts'
import { Wiretap } from '../../../../tests/support/wiretap.ts'
import { LoginError } from '../../errors.ts'
import type { HttpRequest } from '../../ports.ts'
import { accountDiagnostics } from '../diagnostics.ts'
import { LoginEngine } from '../engine.ts'
import { TROUBLE_PAUSES_MS } from '../attempts/retry.ts'
import { TraceRecorder } from './trace.ts'

const request: HttpRequest = { method: 'GET', url: new URL('https://made-up.example/path?query') }

/** A morning whose every word is listened to. */
async function tappedMorning(options: MorningOptions = {}) {
  const parts = await kiteMorning(options)
  const tap = new Wiretap(parts.openHttp)
  const engine = new LoginEngine({ ...parts, openHttp: tap.openHttp, troublePauses: TROUBLE_PAUSES_MS })
  const web = new URL(parts.endpoints.web).host
  const api = new URL(parts.endpoints.api).host
  const trace = () => parts.account('kite').trace
  const steps = () => trace()?.lines.map(({ step, status }) => `${step} ${String(status)}`)
  return { ...parts, tap, engine, web, api, trace, steps }
}

describe('the trace of a login', () => {
  test('keeps the shape of a reply that was not understood, and none of its values', async () => {
    const { engine, broker, trace, account } = await tappedMorning()
    const value = { status: 'success', data: { challenge: 'MARKER', request: { id: 'MARKER' } } }
    broker.fault({ at: 'POST /api/login', kind: 'json', status: 200, value })
    expect((await loginFailure(engine.login('kite'))).kind).toBe('protocol-changed')
    expect(trace()?.notUnderstood).toEqual([
      'in step password: HTTP 200, json, 76 characters',
      'status: "success"',
      'data.challenge: text of 6',
      'data.request.id: text of 6',
    ])
    const log = accountDiagnostics(account('kite'), 'none', [])
    expect(log).toContainEqual('    reply not understood in step password: HTTP 200, json, 76 characters')
    expect(log.join('\n')).not.toContain('MARKER')
  })

  test('has no shape where every reply was understood', async () => {
    const { engine, broker, trace } = await tappedMorning()
    broker.change({ password: 'another' })
    await loginFailure(engine.login('kite'))
    expect(trace()).not.toHaveProperty('notUnderstood')
  })

  test('has a line for each request, in order', async () => {
    const { engine, trace, clock, web, api } = await tappedMorning()
    await engine.login('kite')
    const brief = trace()?.lines.map(({ step, method, host, status, reply, problem }) => [
      step,
      method,
      host,
      status,
      reply,
      problem,
    ])
    expect(brief).toEqual([
      ['open', 'GET', web, 302, 'redirect', null],
      ['password', 'POST', web, 200, 'json', null],
      ['code', 'POST', web, 200, 'json', null],
      ['request-token', 'GET', web, 302, 'redirect', null],
      ['exchange', 'POST', api, 200, 'json', null],
      ['probe', 'GET', api, 200, 'json', null],
    ])
    expect(trace()).toMatchObject({ startedAt: clock.now(), result: 'obtained' })
  })

  test('holds nothing of what was said', async () => {
    const { engine, broker, tap, trace } = await tappedMorning({ redirectHops: 2 })
    await engine.login('kite')
    const text = JSON.stringify(trace())
    const said = tap.heard.map(({ value }) => value)
    for (const name of ['path', 'sess_id', 'request_token', 'access_token', 'kf_session', 'twofa_value'])
      expect(tap.values(name)).not.toEqual([])
    for (const value of [...said, ...Object.values(broker.credentials), broker.code()]) {
      // A version number or a "true" may well be a part of something else.
      if (value.length > 4) expect(text).not.toContain(value)
    }
  })

  test('holds nothing of what was said when the login fails, and names the problem', async () => {
    const { engine, broker, tap, trace, steps } = await tappedMorning()
    broker.fault({ at: 'POST /session/token', kind: 'html-wall', status: 403 })
    await loginFailure(engine.login('kite'))
    const text = JSON.stringify(trace())
    for (const { value } of tap.heard) if (value.length > 4) expect(text).not.toContain(value)
    expect(trace()?.result).toBe('bot-wall')
    expect(trace()?.lines.at(-1)).toMatchObject({ step: 'exchange', status: 403, reply: 'page' })
    expect(steps()).toHaveLength(5)
  })

  test('says where it was cancelled', async () => {
    const { engine, broker, trace, steps } = await tappedMorning()
    broker.fault({ at: 'POST /api/twofa', kind: 'hang' })
    const login = loginFailure(engine.login('kite'))
    await broker.waitFor('POST /api/twofa')
    engine.cancel('kite')
    await login
    expect(trace()?.result).toBe('cancelled')
    expect(steps()).toEqual(['open 302', 'password 200', 'code null'])
    expect(trace()?.lines.at(-1)).toMatchObject({ reply: 'none', problem: 'cancelled' })
  })

  test('covers all tries of a login', async () => {
    const { engine, broker, clock, trace, steps } = await tappedMorning()
    broker.fault({ at: 'GET /connect/login', kind: 'reset' })
    broker.fault({ at: 'GET /connect/login', kind: 'status', status: 502, body: 'html' })
    const login = engine.login('kite')
    for (const ms of [1_000, 3_000]) {
      await clock.untilWaitingFor(ms)
      clock.advance(ms)
    }
    await login
    expect(steps()?.slice(0, 4)).toEqual(['open null', 'open 502', 'open 302', 'password 200'])
    expect(trace()?.lines[0]).toMatchObject({ reply: 'none', problem: 'network' })
    expect(
      trace()
        ?.lines.map(({ at }) => at)
        .slice(0, 3),
    ).toEqual([0, 1_000, 4_000])
    expect(trace()?.ms).toBe(4_000)
  })

  test('begins with the question about the old token', async () => {
    const { engine, broker, clock, steps } = await tappedMorning()
    await engine.login('kite')
    broker.endSessions()
    clock.advance(30_000)
    await engine.login('kite')
    expect(steps()).toHaveLength(7)
    expect(steps()?.[0]).toBe('probe 403')
  })

  test('stays when the token at hand still works', async () => {
    const { engine, clock, trace } = await tappedMorning()
    await engine.login('kite')
    const before = trace()
    clock.advance(1_000)
    expect(await engine.login('kite')).toBe('kept')
    expect(trace()).toEqual(before)
  })

  test('gives way to that of the next login', async () => {
    const { engine, broker, clock, trace } = await tappedMorning()
    await engine.login('kite')
    clock.advance(30_000)
    broker.fault({ at: 'GET /connect/login', kind: 'html-wall', status: 403 })
    await loginFailure(engine.login('kite', { force: true }))
    expect(trace()).toMatchObject({ startedAt: clock.now(), result: 'bot-wall' })
  })

  test('says how far the clock is off', async () => {
    const { engine, trace } = await tappedMorning({ brokerAheadMs: 120_000 })
    await engine.login('kite')
    expect(Math.abs((trace()?.clockOffsetMs ?? 0) - 120_000)).toBeLessThan(1_500)
  })
})

describe('a recorder', () => {
  test('notes when each request was sent and how long its reply took', async () => {
    const clock = new FakeClock(5_000)
    const recorder = new TraceRecorder(clock)
    for (const ms of [100, 200]) {
      clock.advance(1_000)
      await recorder.record('step', 'made-up.example', request, () => {
        clock.advance(ms)
        return Promise.resolve(emptyReply)
      })
    }
    const { startedAt, ms, lines } = recorder.finish('obtained', null)
    expect([startedAt, ms]).toEqual([5_000, 2_300])
    expect(lines.map((line) => [line.at, line.ms])).toEqual([
      [1_000, 100],
      [2_100, 200],
    ])
  })

  test.each([
    [new LoginError('timeout'), 'timeout'],
    [new TypeError('a bug'), null],
  ])('notes %s and passes it on', async (error, problem) => {
    const recorder = new TraceRecorder(new FakeClock(0))
    await expect(
      recorder.record('step', 'made-up.example', request, () => Promise.reject(error)),
    ).rejects.toBe(error)
    const { lines } = recorder.finish('timeout', null)
    expect(lines).toMatchObject([{ host: 'made-up.example', status: null, reply: 'none', problem }])
  })

  test.each([
    ['json', 200, 'application/json; charset=utf-8', '{}'],
    ['json', 403, 'application/problem+json', '{}'],
    ['page', 200, 'text/html; charset=utf-8', 'Just a moment...'],
    ['page', 200, 'application/json', '  <!DOCTYPE html>'],
    ['redirect', 302, 'text/html', '<p>'],
    ['other', 200, 'text/plain', 'ok'],
    ['other', 200, '', ''],
  ])('calls a reply %s: %i %s %j', async (kind, status, type, body) => {
    const recorder = new TraceRecorder(new FakeClock(0))
    const headers = new Headers({ 'content-type': type })
    await recorder.record('step', 'made-up.example', request, () =>
      Promise.resolve({ status, headers, body }),
    )
    expect(recorder.finish('obtained', null).lines).toMatchObject([{ status, reply: kind }])
  })

  test('keeps no more than a hundred lines, the first ones', async () => {
    const clock = new FakeClock(0)
    const recorder = new TraceRecorder(clock)
    for (let sent = 0; sent < 150; sent++) {
      await recorder.record('step', 'made-up.example', request, () => Promise.resolve(emptyReply))
      clock.advance(1)
    }
    const { lines } = recorder.finish('obtained', null)
    expect(lines).toHaveLength(100)
    expect(lines.at(-1)?.at).toBe(99)
  })

  test('does not change a trace that it has handed out', async () => {
    const recorder = new TraceRecorder(new FakeClock(0))
    const { lines } = recorder.finish('cancelled', null)
    await recorder.record('step', 'made-up.example', request, () => Promise.resolve(emptyReply))
    expect(lines).toEqual([])
  })
})
