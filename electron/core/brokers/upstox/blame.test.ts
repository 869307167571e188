import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { loginFailure } from '../../../../tests/support/failure.ts'
import {
  answering,
  morningAnswering,
  routes,
  upstoxMorning,
} from '../../../../tests/support/upstox-morning.ts'
import type { ProblemKind } from '../../../contract/state.ts'
import { LoginError } from '../../errors.ts'
import { LoginEngine } from '../../login/engine.ts'
import type { OpenHttpSession } from '../../ports.ts'
import type { Secret } from '../../secret.ts'
import { upstox } from './broker.ts'
import { readReply } from './replies.ts'
import type { UpstoxCall } from './refusals.ts'

const nothingSpent = { password: 0, code: 0 }
const minutes = 60_000

const pageRefusal = (code: unknown, message: string) => ({ success: false, error: { code, message } })
const apiRefusal = (errorCode: string, message = 'Words') => ({
  status: 'error',
  errors: [{ errorCode, message }],
})

/** Returns the error of a call with a reply of this JSON or text. */
function errorOf(call: UpstoxCall, status: number, body: unknown, type = 'application/json'): LoginError {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const reply = { status, headers: new Headers({ 'content-type': type }), body: text }
  try {
    readReply(reply, call, z.object({ success: z.literal(true) }))
  } catch (error) {
    if (error instanceof LoginError) return error
    throw error
  }
  throw new Error('expected a LoginError')
}

describe('a route that is gone', () => {
  const notFound = pageRefusal('404', 'Resource not found')
  const wrongWords = pageRefusal(1017106, 'Incorrect PIN or OTP for this mobile number')

  test.each([routes.number, routes.pin, routes.approve, routes.exchange])(
    '%s is a changed login and costs nothing',
    async (route) => {
      for (const status of [404, 405, 410]) {
        const { engine, account } = await morningAnswering(route, notFound, status)
        const error = await loginFailure(engine.login('upstox'))
        expect([error.kind, error.retrySafe]).toEqual(['protocol-changed', false])
        expect(account('upstox').spent).toEqual(nothingSpent)
      }
    },
  )

  test.each(['number', 'code', 'pin', 'token'] as const)('judged nothing, whatever it says of %s', (call) => {
    for (const status of [404, 405, 410])
      for (const [body, type] of [
        [wrongWords, 'application/json'],
        ['', 'text/plain'],
        ['<html>Not Found: wrong PIN</html>', 'text/html'],
        ['{"success":false,', 'application/json'],
      ] as const) {
        const { kind, notJudged } = errorOf(call, status, body, type)
        expect([status, body, kind, notJudged]).toEqual([status, body, 'protocol-changed', true])
      }
  })
})

describe('a code of the login page', () => {
  const cases: [UpstoxCall, unknown, string, ProblemKind][] = [
    ['number', 1017016, 'Something went wrong', 'protocol-changed'],
    ['number', 1017069, 'Something went wrong', 'rate-limited'],
    ['number', '1017069', 'Wrong mobile number', 'rate-limited'],
    ['pin', 1017106, 'Something went wrong', 'bad-credentials'],
    ['pin', '1017106', '', 'bad-credentials'],
    ['pin', 1017106, 'Incorrect PIN. Your account is blocked', 'account-locked'],
    // These calls carry no entry that a PIN's code could refuse.
    ['number', 1017106, '', 'protocol-changed'],
    ['code', 1017106, '', 'protocol-changed'],
    ['pin', 1017999, 'Something went wrong', 'protocol-changed'],
    ['code', 1017999, 'Something went wrong', 'protocol-changed'],
    ['pin', 1017999, 'The client_id or profileId is invalid', 'protocol-changed'],
    ['code', 1017999, 'Invalid validateOtpToken', 'protocol-changed'],
    ['pin', 'X', 'Please solve the captcha', 'bot-wall'],
    ['code', 'X', 'Logins from this network are not permitted', 'ip-not-allowed'],
  ]
  test.each(cases)('at %s: %j “%s” is %s', (call, code, words, kind) => {
    for (const status of [200, 400, 401, 403, 422])
      expect([status, errorOf(call, status, pageRefusal(code, words)).kind]).toEqual([status, kind])
  })

  test('for too many codes keeps everything away for ten minutes', async () => {
    const { engine, clock, account, sent, openHttp, ...parts } = await upstoxMorning()
    const refused = pageRefusal(1017069, 'You have exceeded the maximum number of attempts.')
    const blocked = new LoginEngine({
      ...parts,
      clock,
      openHttp: answering(openHttp, routes.number, refused),
    })
    expect((await loginFailure(blocked.login('upstox'))).kind).toBe('rate-limited')
    expect(account('upstox').spent).toEqual(nothingSpent)
    expect(account('upstox').coolDownUntil).toBe(clock.now() + 10 * minutes)
    const asked = sent('/v2/login/authorization/dialog')
    clock.advance(9 * minutes)
    const early = await loginFailure(engine.login('upstox'))
    expect([early.kind, sent('/v2/login/authorization/dialog')]).toEqual(['rate-limited', asked])
    clock.advance(minutes)
    expect(await engine.login('upstox')).toBe('obtained')
  })

  test('comes with the fourth SMS within ten minutes', async () => {
    const { engine, clock, account } = await upstoxMorning({ otpBlock: 3 })
    for (let login = 0; login < 3; login++) {
      await engine.login('upstox', { force: true })
      clock.advance(minutes)
    }
    expect((await loginFailure(engine.login('upstox', { force: true }))).kind).toBe('rate-limited')
    expect(account('upstox').coolDownUntil).toBe(clock.now() + 10 * minutes)
  })
})

describe('no entry is blamed', () => {
  const statuses = [200, 302, 400, 401, 403, 404, 405, 409, 410, 418, 422, 429, 500, 502, 503, 504]
  const calls = ['open', 'number', 'code', 'pin', 'approve', 'exchange', 'token'] as const
  const silent: [string, string][] = [
    ['', 'application/json'],
    ['<html><form id="captcha">Enter PIN and OTP of your mobile number</form></html>', 'text/html'],
    ['{"success":false,"error":{"code":"1017106","mess', 'application/json'],
    [JSON.stringify(pageRefusal(9999999, 'Request failed')), 'application/json'],
    [JSON.stringify(pageRefusal('', '')), 'application/json'],
    [JSON.stringify(apiRefusal('UDAPI999999', 'Not processed')), 'application/json'],
    [JSON.stringify({ success: false }), 'application/json'],
    [JSON.stringify({ stat: 'Not_Ok', emsg: 'Invalid Input : Wrong Password' }), 'application/json'],
  ]

  test('by a reply without words or a code about it, under any status, in any step', () => {
    for (const call of calls)
      for (const status of statuses)
        for (const [body, type] of silent)
          expect(errorOf(call, status, body, type).kind, `${call} ${status} ${body}`).not.toMatch(/^bad-/)
  })

  test('under a status that is not one of an entry, whatever the words', () => {
    const words = pageRefusal(1017106, 'Incorrect PIN. Invalid OTP. Wrong mobile number.')
    for (const call of calls)
      for (const status of [302, 404, 405, 409, 410, 418, 429, 500, 502, 503, 504])
        expect(errorOf(call, status, words).kind, `${call} ${status}`).not.toMatch(/^bad-/)
  })
})

describe('an address that is not registered', () => {
  const words =
    'Access to this API is permitted only when requested from the static IP configured in your account.'

  test.each([
    ['UDAPI1221', 401],
    ['UDAPI1221', 403],
    ['UDAPI1154', 403],
    ['UDAPI1154', 401],
  ])('with %s under %i is no fault of the token’s', async (code, status) => {
    const { engine, tokens, account, broker } = await morningAnswering(
      routes.probe,
      apiRefusal(code, words),
      status,
    )
    await Promise.allSettled([engine.login('upstox')])
    const { problem, spent } = account('upstox')
    expect(problem).toMatchObject({ kind: 'ip-not-allowed', brokerWords: words })
    expect(problem?.next).toMatch(/quotes and market data.*registered address/)
    expect(spent).toEqual(nothingSpent)
    expect(tokens.freshness('upstox')).toBe('unverified')
    expect(broker.accepts({ access_token: (await tokens.primary('upstox')).reveal() })).toBe(true)
  })

  test('is known by its words alone, too', () => {
    expect(errorOf('token', 401, apiRefusal('UDAPI9', words)).kind).toBe('ip-not-allowed')
  })

  test('is told where a token from before is tried, and makes no new login', async () => {
    const { engine, account, sent } = await upstoxMorning({ atRegisteredAddress: false })
    await Promise.allSettled([engine.login('upstox')])
    const before = account('upstox').token
    const error = await loginFailure(engine.probe('upstox', new AbortController().signal))
    expect(error.kind).toBe('ip-not-allowed')
    await Promise.allSettled([engine.login('upstox')])
    expect(account('upstox').token).toEqual(before)
    expect(sent(routes.exchange.slice('POST '.length))).toBe(1)
  })

  test('does not keep Upstox from naming those that are', async () => {
    const { broker, engine, endpoints, openHttp, tokens } = await upstoxMorning({
      atRegisteredAddress: false,
    })
    await Promise.allSettled([engine.login('upstox')])
    const ask = (open: OpenHttpSession, access_token: Secret) => {
      const { signal } = new AbortController()
      const http = open({ origins: Object.values(endpoints), proxy: null, signal })
      const endpoint = () => new URL(endpoints.api)
      return upstox.addresses?.({ http, endpoint, setting: () => '' }, { access_token })
    }
    const token = await tokens.primary('upstox')
    const registered = ['203.0.113.7']
    expect(await ask(openHttp, token)).toEqual({ seen: null, registered })
    const reply = { status: 'success', data: { primary_ip: 'by phone', secondary_ip: '2001:db8::7' } }
    expect(await ask(answering(openHttp, 'GET /v2/user/ip', reply), token)).toEqual({
      seen: null,
      registered: ['2001:db8::7'],
    })
    const none = answering(openHttp, 'GET /v2/user/ip', { status: 'success', data: {} })
    expect(await ask(none, token)).toEqual({ seen: null, registered: [] })
    broker.endSessions()
    await expect(ask(openHttp, token)).rejects.toMatchObject({ kind: 'token-expired' })
  })
})
