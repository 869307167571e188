import { describe, expect, test } from 'vitest'
import type { PlannedFault } from '../../../../practice/faults.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import {
  neoFailure,
  neoMorning,
  routes,
  type NeoMorningOptions,
} from '../../../../tests/support/kotak-neo-morning.ts'
import type { ProblemKind } from '../../../contract/state.ts'
import type { Attempts } from '../../state/attempts.ts'

const none: Attempts['spent'] = { password: 0, code: 0 }

describe('what the user has wrong', () => {
  const cases: [string, NeoMorningOptions['typed'], ProblemKind, string, Attempts['spent'], string][] = [
    [
      'a wrong TOTP secret: two codes at most, and no MPIN',
      { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' },
      'bad-totp',
      'Invalid TOTP',
      { password: 0, code: 2 },
      'authenticator app',
    ],
    [
      'another mobile number',
      { mobile_number: '9000000001' },
      'bad-credentials',
      'Invalid mobile number or UCC',
      { password: 0, code: 1 },
      'Neo profile',
    ],
    [
      'another client code',
      { ucc: 'OTHER' },
      'bad-credentials',
      'Invalid mobile number or UCC',
      { password: 0, code: 1 },
      'not the numeric one',
    ],
    [
      'another consumer key: no entry was judged',
      { consumer_key: '11111111-aaaa-4aaa-8aaa-000000000000' },
      'app-config',
      'Invalid Credentials',
      none,
      'API Dashboard',
    ],
    [
      'a wrong MPIN: sent once',
      { mpin: '654321' },
      'bad-credentials',
      'Invalid MPIN',
      { password: 1, code: 0 },
      'Kotak Neo app',
    ],
  ]
  test.each(cases)('%s', async (_what, typed, kind, brokerWords, spent, next) => {
    const morning = await neoMorning({ typed: typed ?? {} })
    const error = await neoFailure(morning)
    expect(error).toMatchObject({ kind, brokerWords, next: expect.stringContaining(next) })
    expect(morning.account('neo').spent).toEqual(spent)
    expect(morning.account('neo').problem?.kind).toBe(kind)
  })

  test('a wrong MPIN is not sent again until it is entered again', async () => {
    const { engine, broker, clock, accounts, endpoints } = await neoMorning({ typed: { mpin: '654321' } })
    await loginFailure(engine.login('neo'))
    clock.advance(30_000)
    expect((await loginFailure(engine.login('neo', { force: true }))).kind).toBe('budget-spent')
    expect(broker.wrongPasswords).toBe(1)
    const { mpin } = broker.credentials
    await accounts.change('neo', { values: { mpin }, endpoints, acceptTerms: false })
    expect(await engine.login('neo')).toBe('obtained')
  })

  test('an account that Kotak has locked', async () => {
    const morning = await neoMorning()
    const { consumer_key, mobile_number: mobileNumber, ucc } = morning.broker.credentials
    for (let guess = 0; guess < 5; guess++) {
      await fetch(`${morning.endpoints.api}/login/1.0/tradeApiLogin`, {
        method: 'POST',
        headers: {
          Authorization: consumer_key,
          'neo-fin-key': 'neotradeapi',
          'content-type': 'application/json',
        },
        body: JSON.stringify({ mobileNumber, ucc, totp: 'guess' }),
      })
    }
    const error = await neoFailure(morning)
    expect(error.kind).toBe('account-locked')
    expect(error.brokerWords).toContain('locked')
    expect(error.next).toContain('MPIN')
  })
})

describe('what goes wrong on the way', () => {
  const cases: [PlannedFault, ProblemKind][] = [
    [{ at: routes.code, kind: 'html-wall', status: 200 }, 'bot-wall'],
    [{ at: routes.mpin, kind: 'html-wall', status: 403 }, 'bot-wall'],
    [{ at: routes.code, kind: 'truncated' }, 'protocol-changed'],
    [{ at: routes.code, kind: 'reset' }, 'network'],
    [{ at: routes.orders, kind: 'cut-mid-body' }, 'network'],
    [{ at: routes.code, kind: 'status', status: 429, body: 'html' }, 'rate-limited'],
    [{ at: routes.code, kind: 'status', status: 502, body: 'html' }, 'broker-down'],
    [{ at: routes.mpin, kind: 'oversized' }, 'protocol-changed'],
    [{ at: routes.code, kind: 'redirect', location: 'https://example.com/' }, 'protocol-changed'],
  ]
  test.each(cases)('%o ends in %s', async (fault, kind) => {
    const { engine, broker, account } = await neoMorning()
    broker.fault(fault)
    expect((await loginFailure(engine.login('neo'))).kind).toBe(kind)
    expect(account('neo').problem?.kind).toBe(kind)
  })

  test.each([routes.code, routes.mpin, routes.orders])(
    'nothing that was sent gets into the broker’s words at %s',
    async (at) => {
      const morning = await neoMorning()
      morning.broker.fault({ at, kind: 'echo', times: Infinity })
      const { brokerWords } = await neoFailure(morning)
      expect(brokerWords).toContain('[secret]')
      const { consumer_key, mpin } = morning.broker.credentials
      for (const text of [brokerWords, JSON.stringify(morning.account('neo'))]) {
        expect(text).not.toContain(consumer_key)
        expect(text).not.toContain(mpin)
        // The first characters of a JSON Web Token.
        expect(text).not.toContain('eyJ')
      }
    },
  )
})
