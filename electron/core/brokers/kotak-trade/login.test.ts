import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { routes, tradeMorning } from '../../../../tests/support/kotak-trade-morning.ts'
import { exportsOf } from '../../accounts/exports.ts'
import type { CodeQuestion } from '../broker.ts'

const never = new AbortController().signal
const asking = { asks_access_code: 'yes' }

describe('a login that works', () => {
  test('ends with a session that Kotak accepts, until midnight in India', async () => {
    const { engine, tokens, account, broker } = await tradeMorning()
    expect(await engine.login('trade')).toBe('obtained')
    expect(tokens.freshness('trade')).toBe('fresh')
    expect(new Date(account('trade').token?.expiresAt ?? 0).toISOString()).toBe('2026-11-21T18:30:00.000Z')
    const session_token = (await tokens.primary('trade')).reveal()
    expect(broker.accepts({ session_token })).toBe(true)
  })

  test('does without an access code unless told otherwise', async () => {
    const { engine, asked } = await tradeMorning()
    const steps = new Set<string>()
    engine.onProgress(() => {
      const progress = engine.progress.get('trade')
      if (progress !== undefined) steps.add(`${progress.step}/${progress.total} ${progress.label}`)
    })
    await engine.login('trade')
    const { open, password, noCode, margin } = routes
    expect(asked()).toEqual([open, password, noCode, margin].map((route) => `api ${route}`))
    expect([...steps]).toEqual([
      '1/4 Opening a session',
      '2/4 Checking the password',
      '3/4 Getting the session token',
      '4/4 Trying the session token',
    ])
  })

  test('asks for the access code, after the password, where it is told to', async () => {
    const { engine, broker, asked, account } = await tradeMorning({ typed: asking, accessCodeRequired: true })
    const questions: CodeQuestion[] = []
    const ask = (question: CodeQuestion) => {
      questions.push(question)
      expect(asked()).toEqual([routes.open, routes.password].map((route) => `api ${route}`))
      return Promise.resolve(broker.code())
    }
    expect(await engine.login('trade', { ask })).toBe('obtained')
    expect(questions).toEqual([
      { label: 'Kotak access code', help: expect.stringContaining('SMS'), digits: 4 },
    ])
    expect(asked()).toContain(`api ${routes.code}`)
    expect(account('trade').spent).toEqual({ password: 0, code: 0 })
  })

  test.each(['Success', 'success', undefined] as const)(
    'reads both spellings of the key around a success: %s',
    async (successKey) => {
      const spelling = successKey === undefined ? {} : { successKey }
      const { engine, tokens } = await tradeMorning(spelling)
      expect(await engine.login('trade')).toBe('obtained')
      await engine.logout('trade', never)
      expect(tokens.freshness('trade')).toBe('none')
    },
  )

  test.each([
    ['an app ID', { app_id: 'test' }],
    ['no app ID', { app_id: '' }],
    ['another address', { ip: '203.0.113.7' }],
  ])('works with %s', async (_what, typed) => {
    const { engine } = await tradeMorning({ typed })
    expect(await engine.login('trade')).toBe('obtained')
  })

  test.each(['two words', ' spaces at both ends ', '"quoted" \\ <b>', 'pässwörd ₹'])(
    'sends the password %j unharmed',
    async (password) => {
      const { engine } = await tradeMorning({ credentials: { password } })
      expect(await engine.login('trade')).toBe('obtained')
    },
  )

  test('hands out what belongs together, under names for scripts', async () => {
    const { engine, accounts, tokens, broker } = await tradeMorning()
    await engine.login('trade')
    const { account, broker: trade } = accounts.open('trade')
    const exported = exportsOf(trade, account, await tokens.bundle('trade'))
    const { access_token, consumer_key, userid } = broker.credentials
    expect(Object.fromEntries(exported.map(({ env, value }) => [env, value]))).toEqual({
      KOTAK_TRADE_SESSION_TOKEN: expect.stringMatching(/^\w{32}$/),
      KOTAK_TRADE_ACCESS_TOKEN: access_token,
      KOTAK_TRADE_CONSUMER_KEY: consumer_key,
      KOTAK_TRADE_HOST: broker.endpoints.api,
      KOTAK_TRADE_USERID: userid,
    })
  })
})

describe('a host that sends everyone to another', () => {
  test('is left for good: the session is opened anew there, and used and ended there', async () => {
    const { engine, broker, asked, tokens } = await tradeMorning({ redirectInit: true })
    expect(await engine.login('trade')).toBe('obtained')
    expect((await tokens.bundle('trade'))['host']?.reveal()).toBe(broker.endpoints.moved)
    await engine.logout('trade', never)
    const { open, password, noCode, margin, logout } = routes
    const there = [open, password, noCode, margin, logout].map((route) => `moved ${route}`)
    expect(asked()).toEqual([`api ${open}`, ...there])
  })

  test.each([
    'https://evil.example/apim',
    'https://ctradeapi.kotaksecurities.com.example/apim',
    'http://ctradeapi.kotaksecurities.com/apim',
    'http://127.0.0.1:9/apim',
    'nowhere',
    // A real Kotak host, which a practice account must never reach.
    'https://ctradeapi.kotaksecurities.com/apim',
  ])('and names %s is not followed, and gets nothing to see', async (host) => {
    const { engine, broker, asked, account } = await tradeMorning()
    const value = { Success: { redirect: { host, port: 443 } } }
    broker.fault({ at: routes.open, kind: 'json', status: 200, value })
    const error = await loginFailure(engine.login('trade'))
    expect(error.kind).toBe('protocol-changed')
    expect(error.message).toContain('host')
    expect(asked()).toEqual([`api ${routes.open}`])
    expect(account('trade').spent).toEqual({ password: 0, code: 0 })
  })

  test('and back again is given up', async () => {
    const { engine, broker, asked } = await tradeMorning()
    const { api, moved } = broker.endpoints
    for (const host of [moved, api, moved, api]) {
      const value = { success: { redirect: { host } } }
      broker.fault({ at: routes.open, kind: 'json', status: 200, value })
    }
    expect((await loginFailure(engine.login('trade'))).kind).toBe('protocol-changed')
    expect(asked().every((route) => route.endsWith(routes.open))).toBe(true)
  })

  test('that names none keeps the login', async () => {
    const { engine, broker } = await tradeMorning()
    await engine.login('trade')
    broker.fault({ at: routes.open, kind: 'json', status: 200, value: { Success: { status: 'Success' } } })
    expect(await engine.login('trade', { force: true })).toBe('obtained')
  })
})

describe('the session afterwards', () => {
  test('is asked about before a new login, which is then not made', async () => {
    const { engine, broker } = await tradeMorning()
    await engine.login('trade')
    expect(await engine.login('trade')).toBe('kept')
    expect(broker.loginsCompleted).toBe(1)
  })

  test('is replaced when Kotak has ended it', async () => {
    const { engine, broker } = await tradeMorning()
    await engine.login('trade')
    broker.endSessions()
    expect(await engine.login('trade')).toBe('obtained')
    expect(broker.loginsCompleted).toBe(2)
  })

  test('is unverified, not expired, while Kotak can’t be asked', async () => {
    const { engine, broker, tokens } = await tradeMorning()
    await engine.login('trade')
    broker.fault({ at: routes.margin, kind: 'status', status: 503, body: 'json' })
    expect((await loginFailure(engine.probe('trade', never))).kind).toBe('broker-down')
    expect(tokens.freshness('trade')).toBe('unverified')
  })

  test('is expired at midnight without asking anyone', async () => {
    const { engine, clock, tokens, asked } = await tradeMorning()
    await engine.login('trade')
    const sent = asked().length
    clock.advance(16 * 60 * 60_000)
    expect(tokens.freshness('trade')).toBe('expired')
    expect(asked()).toHaveLength(sent)
  })

  test('is ended at Kotak and forgotten here by a logout', async () => {
    const { engine, broker, tokens } = await tradeMorning()
    await engine.login('trade')
    const session_token = (await tokens.primary('trade')).reveal()
    await engine.logout('trade', never)
    expect(tokens.freshness('trade')).toBe('none')
    expect(broker.accepts({ session_token })).toBe(false)
  })

  test('is forgotten here by a logout although Kotak has ended it before', async () => {
    const { engine, broker, tokens } = await tradeMorning()
    await engine.login('trade')
    broker.endSessions()
    await engine.logout('trade', never)
    expect(tokens.freshness('trade')).toBe('none')
  })
})
