import { describe, expect, test } from 'vitest'
import { MADE_UP_CREDENTIALS } from '../../../../practice/kotak-neo/credentials.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { neoMorning, routes } from '../../../../tests/support/kotak-neo-morning.ts'
import { exportsOf } from '../../accounts/exports.ts'

const HOUR_MS = 60 * 60_000
const never = new AbortController().signal

describe('a login that works', () => {
  test('ends with a session that Kotak accepts, until midnight in India', async () => {
    const { engine, tokens, account } = await neoMorning()
    expect(await engine.login('neo')).toBe('obtained')
    expect(tokens.freshness('neo')).toBe('fresh')
    expect(new Date(account('neo').token?.expiresAt ?? 0).toISOString()).toBe('2026-11-21T18:30:00.000Z')
  })

  test('hands out what belongs together, under the names that scripts read', async () => {
    const { engine, accounts, tokens, broker } = await neoMorning()
    await engine.login('neo')
    const { account, broker: neo } = accounts.open('neo')
    const exported = exportsOf(neo, account, await tokens.bundle('neo'))
    const env = Object.fromEntries(exported.map(({ env: name, value }) => [name, value]))
    expect(Object.keys(env)).toEqual([
      'KOTAK_NEO_TOKEN',
      'KOTAK_NEO_SID',
      'KOTAK_NEO_BASE_URL',
      'KOTAK_NEO_CONSUMER_KEY',
      'KOTAK_NEO_DATA_CENTER',
      'KOTAK_NEO_RID',
      'KOTAK_NEO_UCC',
      'KOTAK_NEO_FEED_URL',
      'KOTAK_NEO_RT_URL',
    ])
    expect(env).toMatchObject({ KOTAK_NEO_DATA_CENTER: 'practice', KOTAK_NEO_UCC: broker.credentials.ucc })
    expect(env['KOTAK_NEO_FEED_URL']).toMatch(/^ws:.*\/betafeed$/)
    expect(env['KOTAK_NEO_CONSUMER_KEY']).toBe(broker.credentials.consumer_key)
    const headers = {
      Auth: env['KOTAK_NEO_TOKEN'] ?? '',
      Sid: env['KOTAK_NEO_SID'] ?? '',
      'neo-fin-key': 'neotradeapi',
    }
    const orders = await fetch(`${env['KOTAK_NEO_BASE_URL'] ?? ''}/quick/user/orders`, { headers })
    expect(await orders.json()).toMatchObject({ stCode: 5203 })
  })

  test('takes three requests once Kotak’s time is known, the code before the MPIN, and reports each step; a fourth asks for the address', async () => {
    const { engine, asked } = await neoMorning()
    const steps = new Set<string>()
    engine.onProgress(() => {
      const progress = engine.progress.get('neo')
      if (progress !== undefined) steps.add(`${progress.step}/${progress.total} ${progress.label}`)
    })
    await engine.login('neo')
    expect(asked()).toEqual([routes.time, routes.code, routes.mpin, routes.orders, routes.address])
    expect([...steps]).toEqual([
      '1/3 Checking the TOTP code',
      '2/3 Checking the MPIN',
      '3/3 Trying the session',
    ])
  })

  test.each(['9000000000', '919000000000', '+919000000000'])(
    'sends the mobile number with +91 when %s was typed',
    async (mobile_number) => {
      const { engine } = await neoMorning({ typed: { mobile_number } })
      expect(await engine.login('neo')).toBe('obtained')
    },
  )

  test('sends an MPIN and a code with their leading zeros', async () => {
    const { engine, broker, clock } = await neoMorning({ credentials: { mpin: '000012' } })
    while (!broker.code().startsWith('0')) clock.advance(30_000)
    expect(await engine.login('neo')).toBe('obtained')
  })

  test.each([-120_000, 120_000])('works with a broker whose clock is %i ms ahead', async (brokerAheadMs) => {
    const { engine, broker } = await neoMorning({ brokerAheadMs })
    expect(await engine.login('neo')).toBe('obtained')
    expect(broker.wrongCodes).toBe(0)
  })

  test.each([
    ['with nothing in it', { stat: 'Not_Ok', stCode: 5203, errMsg: 'No Data' }],
    ['with orders', { stat: 'Ok', stCode: 200, data: [{ nOrdNo: '250720000007242', ordSt: 'rejected' }] }],
  ])('takes an order book %s for a session that works', async (_what, value) => {
    const { engine, broker, tokens } = await neoMorning()
    broker.fault({ at: routes.orders, kind: 'json', status: 200, value })
    expect(await engine.login('neo')).toBe('obtained')
    expect(tokens.freshness('neo')).toBe('fresh')
  })
})

describe('the host to trade at', () => {
  test.each([
    'https://cis.kotaksecurities.com.example.com',
    'https://notkotaksecurities.com',
    'http://cis.kotaksecurities.com',
    'http://127.0.0.1:9',
    'https://user:word@cis.kotaksecurities.com',
    'cis.kotaksecurities.com',
    '',
    // A real Kotak host, which a practice account must never reach.
    'https://cis.kotaksecurities.com',
  ])('is not %j, whatever the reply says', async (baseUrl) => {
    const { engine, tokens, account, asked } = await neoMorning({ baseUrl })
    const error = await loginFailure(engine.login('neo'))
    expect(error.kind).toBe('protocol-changed')
    expect(error.message).toContain('host')
    expect(tokens.freshness('neo')).toBe('none')
    expect(asked()).toEqual([routes.time, routes.code, routes.mpin])
    expect(account('neo').spent).toEqual({ password: 0, code: 0 })
  })
})

describe('the session afterwards', () => {
  test('is asked about before a new login, which is then not made', async () => {
    const { engine, broker } = await neoMorning()
    await engine.login('neo')
    expect(await engine.login('neo')).toBe('kept')
    expect(broker.loginsCompleted).toBe(1)
  })

  test('is replaced when Kotak has ended it', async () => {
    const { engine, broker, clock } = await neoMorning()
    await engine.login('neo')
    broker.endSessions()
    clock.advance(30_000)
    expect(await engine.login('neo')).toBe('obtained')
    expect(broker.loginsCompleted).toBe(2)
  })

  test('ends when its token says so', async () => {
    const { engine, account, clock, tokens } = await neoMorning({ tokenLifeMs: HOUR_MS })
    const before = clock.now()
    await engine.login('neo')
    expect(account('neo').token?.expiresAt).toBe(before + HOUR_MS)
    clock.advance(HOUR_MS)
    expect(tokens.freshness('neo')).toBe('expired')
  })

  test('does not outlive the day, even if its token says so', async () => {
    const { engine, account } = await neoMorning({ tokenLifeMs: 72 * HOUR_MS })
    await engine.login('neo')
    expect(new Date(account('neo').token?.expiresAt ?? 0).toISOString()).toBe('2026-11-21T18:30:00.000Z')
  })

  test('is unverified, not expired, while Kotak can’t be asked', async () => {
    const { engine, broker, tokens } = await neoMorning()
    await engine.login('neo')
    broker.fault({ at: routes.orders, kind: 'status', status: 503, body: 'json' })
    expect((await loginFailure(engine.probe('neo', never))).kind).toBe('broker-down')
    expect(tokens.freshness('neo')).toBe('unverified')
  })

  test('is forgotten here by a logout, of which Kotak is not told', async () => {
    const { engine, broker, asked, tokens } = await neoMorning()
    await engine.login('neo')
    const sent = asked().length
    const bundle = await tokens.bundle('neo')
    await engine.logout('neo', never)
    expect(tokens.freshness('neo')).toBe('none')
    expect(asked()).toHaveLength(sent)
    const [token = '', sid = ''] = [bundle['token']?.reveal(), bundle['sid']?.reveal()]
    expect(broker.accepts({ token, sid })).toBe(true)
  })
})

describe('the client that Kotak names for a session', () => {
  test('is the account’s, or its token is not kept', async () => {
    const { engine, tokens } = await neoMorning({ sessionOf: 'OT123' })
    const error = await loginFailure(engine.login('neo'))
    expect(error).toMatchObject({ kind: 'bad-credentials' })
    expect(error.message).toContain('that of OT123')
    expect(tokens.freshness('neo')).toBe('none')
  })

  test('may be missing', async () => {
    const { engine } = await neoMorning({ sessionOf: '' })
    expect(await engine.login('neo')).toBe('obtained')
  })

  test('may be in other letters', async () => {
    const { engine } = await neoMorning({ sessionOf: MADE_UP_CREDENTIALS.ucc.toLowerCase() })
    expect(await engine.login('neo')).toBe('obtained')
  })
})
