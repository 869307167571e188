import { describe, expect, test } from 'vitest'
import type { PlannedFault } from '../../../../practice/faults.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { routes, tradeMorning } from '../../../../tests/support/kotak-trade-morning.ts'
import type { ProblemKind } from '../../../contract/state.ts'

const asking = { asks_access_code: 'yes' }
const none = { password: 0, code: 0 }

describe('what the user has wrong', () => {
  test('a wrong password: sent once, then no more until it is entered again', async () => {
    const { engine, broker, account, accounts, endpoints } = await tradeMorning({ typed: { password: 'no' } })
    const error = await loginFailure(engine.login('trade'))
    expect(error.kind).toBe('bad-credentials')
    expect(error.brokerWords).toContain('Invalid userid or password')
    expect(account('trade').spent).toEqual({ password: 1, code: 0 })
    expect((await loginFailure(engine.login('trade', { force: true }))).kind).toBe('budget-spent')
    expect(broker.wrongPasswords).toBe(1)
    const { password } = broker.credentials
    await accounts.change('trade', { values: { password }, endpoints, acceptTerms: false })
    expect(await engine.login('trade')).toBe('obtained')
  })

  test.each(['consumer_key', 'access_token'])('another %s: no password is sent', async (field) => {
    const { engine, account, asked } = await tradeMorning({ typed: { [field]: 'another' } })
    const error = await loginFailure(engine.login('trade'))
    expect(error.kind).toBe('app-config')
    expect(error.brokerWords).toContain('Invalid Credentials')
    expect(error.next).toContain('devportal')
    expect(asked()).toEqual([`api ${routes.open}`])
    expect(account('trade').spent).toEqual(none)
  })

  test('another user ID', async () => {
    const { engine, asked } = await tradeMorning({ typed: { userid: 'PRACTICE02' } })
    const error = await loginFailure(engine.login('trade'))
    expect(error.kind).toBe('app-config')
    expect(error.next).toContain('user ID')
    expect(asked()).toHaveLength(1)
  })

  test('an account that wants the access code: how to have it asked for', async () => {
    const { engine, account, broker } = await tradeMorning({ accessCodeRequired: true })
    const error = await loginFailure(engine.login('trade'))
    expect(error.kind).toBe('second-factor-needed')
    expect(error.next).toContain('“Ask for the access code” to yes')
    expect(error.brokerWords).toContain('Access code is required')
    expect(account('trade').spent).toEqual(none)
    expect(broker.wrongCodes).toBe(0)
  })

  test('nobody there to type the access code: nothing is spent', async () => {
    const { engine, account, asked } = await tradeMorning({ typed: asking })
    const error = await loginFailure(engine.login('trade'))
    expect(error.kind).toBe('second-factor-needed')
    expect(error.message).toContain('Kotak access code')
    expect(account('trade').spent).toEqual(none)
    expect(asked()).not.toContain(`api ${routes.code}`)
  })

  test('a mistyped access code is asked for once more', async () => {
    const { engine, broker, account } = await tradeMorning({ typed: asking })
    const codes = ['0000', broker.code()]
    expect(await engine.login('trade', { ask: () => Promise.resolve(codes.shift() ?? '') })).toBe('obtained')
    expect(broker.wrongCodes).toBe(1)
    expect(account('trade').spent).toEqual(none)
  })

  test('two mistyped access codes: no third is asked for until the password is entered again', async () => {
    const { engine, broker, account, accounts, endpoints } = await tradeMorning({ typed: asking })
    let asked = 0
    const ask = (): Promise<string> => {
      asked += 1
      return Promise.resolve(asked <= 2 ? '0000' : broker.code())
    }
    const error = await loginFailure(engine.login('trade', { ask }))
    expect(error.kind).toBe('bad-totp')
    expect(error.brokerWords).toContain('Invalid access code')
    expect(error.next).toContain('password')
    expect(account('trade').spent).toEqual({ password: 0, code: 2 })
    expect((await loginFailure(engine.login('trade', { ask }))).kind).toBe('budget-spent')
    expect(asked).toBe(2)
    const { password } = broker.credentials
    await accounts.change('trade', { values: { password }, endpoints, acceptTerms: false })
    expect(await engine.login('trade', { ask })).toBe('obtained')
  })

  test('an account that Kotak has locked', async () => {
    const { engine, broker, endpoints } = await tradeMorning()
    const { access_token, consumer_key, userid } = broker.credentials
    const headers = {
      Authorization: `Bearer ${access_token}`,
      consumerKey: consumer_key,
      ip: '127.0.0.1',
      appId: '',
      userid,
    }
    await fetch(`${endpoints.api}/session/1.0/session/init`, {
      headers: { ...headers, accept: 'application/json' },
    })
    for (let guess = 0; guess < 5; guess++) {
      await fetch(`${endpoints.api}/session/1.0/session/login/userid`, {
        method: 'POST',
        headers: { ...headers, accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify({ userid, password: 'someone else guessing' }),
      })
    }
    const error = await loginFailure(engine.login('trade'))
    expect(error.kind).toBe('account-locked')
    expect(error.brokerWords).toContain('User locked due to Bad tries')
  })
})

describe('what goes wrong on the way', () => {
  const cases: [PlannedFault, ProblemKind][] = [
    [{ at: routes.open, kind: 'html-wall', status: 200 }, 'bot-wall'],
    [{ at: routes.password, kind: 'html-wall', status: 403 }, 'bot-wall'],
    [{ at: routes.open, kind: 'truncated' }, 'protocol-changed'],
    [{ at: routes.open, kind: 'reset' }, 'network'],
    [{ at: routes.margin, kind: 'cut-mid-body' }, 'network'],
    [{ at: routes.open, kind: 'status', status: 502, body: 'html' }, 'broker-down'],
    [{ at: routes.open, kind: 'status', status: 404 }, 'protocol-changed'],
    [{ at: routes.noCode, kind: 'oversized' }, 'protocol-changed'],
    [{ at: routes.open, kind: 'redirect', location: 'https://example.com/' }, 'protocol-changed'],
  ]
  test.each(cases)('%o ends in %s', async (fault, kind) => {
    const { engine, broker, account } = await tradeMorning()
    broker.fault(fault)
    const error = await loginFailure(engine.login('trade'))
    expect(error.kind).toBe(kind)
    expect(error.next).not.toBe('')
    expect(account('trade').problem?.kind).toBe(kind)
  })

  test('a password whose reply was lost counts as spent, and is not sent again unasked', async () => {
    const { engine, broker, account, asked } = await tradeMorning()
    broker.fault({ at: routes.password, kind: 'reset-after-processing' })
    expect((await loginFailure(engine.login('trade'))).kind).toBe('budget-spent')
    expect((await loginFailure(engine.login('trade'))).kind).toBe('budget-spent')
    expect(account('trade').spent.password).toBe(1)
    expect(asked().filter((route) => route === `api ${routes.password}`)).toHaveLength(1)
  })

  test.each([routes.open, routes.password, routes.code, routes.margin])(
    'nothing that was sent gets into the broker’s words at %s',
    async (at) => {
      const password = 'made up & <marked> pass'
      const credentials = { password, access_code: '9876' }
      const { engine, broker, account } = await tradeMorning({ typed: asking, credentials })
      broker.fault({ at, kind: 'echo', times: Infinity })
      const ask = (): Promise<string> => Promise.resolve(broker.code())
      const { brokerWords } = await loginFailure(engine.login('trade', { ask }))
      expect(brokerWords).toContain('[secret]')
      const { access_token, consumer_key } = broker.credentials
      for (const text of [brokerWords, JSON.stringify(account('trade'))]) {
        for (const secret of ['marked', '9876', access_token, consumer_key])
          expect(text).not.toContain(secret)
        // Kotak's one-time and session tokens have 32 characters.
        expect(text).not.toMatch(/\b[0-9A-Fa-f]{32}\b/)
      }
    },
  )
})
