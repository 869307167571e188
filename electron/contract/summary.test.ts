import { describe, expect, test } from 'vitest'
import { madeUpAccount, madeUpState } from '../../tests/support/made-up-views.ts'
import { LoginError } from '../core/errors.ts'
import { accountWords, statusOf } from './status.ts'
import { summaryOf } from './summary.ts'
import { problemKinds, type AccountView } from './state.ts'

const NOW = Date.parse('2026-11-29T08:00:00+05:30')
const END = Date.parse('2026-11-30T06:00:00+05:30')
const login = { step: 1, total: 6, label: 'Checking the password' }
const question = { label: 'made-up code', help: '', digits: 6, askedAt: 0, endsAt: 300_000, again: false }
const failed = (kind: (typeof problemKinds)[number]): Partial<AccountView> => ({
  freshness: 'none',
  problem: new LoginError(kind).toProblem(0),
})

const sum = (accounts: readonly Partial<AccountView>[], tokensWanted = false) =>
  summaryOf(madeUpState(accounts.map(madeUpAccount), { tokensWanted }))

describe('all accounts in one line', () => {
  test.each([
    ['a network that is gone', failed('network'), '0 of 1 ready · 1 can’t log in now', 'warn', 'caution'],
    ['a code to type', failed('second-factor-needed'), '0 of 1 ready · 1 needs you', 'warn', 'caution'],
    ['a wrong password', failed('bad-credentials'), '0 of 1 ready · 1 needs you', 'bad', 'attention'],
    ['a token that ends soon', { freshness: 'expiring' }, '1 of 1 ready · 1 ends soon', 'warn', 'ending'],
    [
      'a token that was replaced',
      { freshness: 'rejected' },
      '0 of 1 ready · 1 no longer accepted',
      'warn',
      'caution',
    ],
    [
      'a token that was not checked',
      { freshness: 'unverified' },
      '0 of 1 ready · 1 not checked',
      'warn',
      'caution',
    ],
    ['a cancelled login', failed('cancelled'), '0 of 1 ready', 'plain', 'missing'],
    ['a login', { login, freshness: 'none' }, '0 of 1 ready · 1 logging in', 'plain', 'working'],
    ['a question', { login, question, freshness: 'none' }, '0 of 1 ready · 1 needs you', 'warn', 'caution'],
  ] as const)('with %s', (_what, account, words, tone, face) => {
    expect(sum([account])).toMatchObject({ words, tone, face })
  })

  test('counts those that are ready, for the menu bar', () => {
    expect(sum([{}, {}, failed('network'), { canLogIn: false }])?.count).toBe('2/3')
    expect(sum([{ canLogIn: false }])?.count).toBe('')
  })

  test('is amber for a token that is only missing once the market is near', () => {
    const night = [{ freshness: 'expired' }, {}] as const
    expect(sum(night)?.tone).toBe('plain')
    expect(sum(night, true)).toMatchObject({ tone: 'warn', face: 'caution' })
    expect(sum(night)?.face).toBe('missing')
    expect(sum([{ freshness: 'expired', morning: 'off' }, {}], true)?.tone).toBe('plain')
    expect(sum([{ freshness: 'expired', login }, {}], true)?.tone).toBe('plain')
    expect(sum([{}], true)?.tone).toBe('plain')
  })

  test.each(problemKinds)('has the tone of the account in trouble: %s', (kind) => {
    const account = madeUpAccount(failed(kind))
    const { tone } = statusOf(account, NOW)
    expect(sum([account, {}])?.tone).toBe(tone)
    expect(sum([account, {}])?.face).toBe(
      tone === 'bad' ? 'attention' : tone === 'warn' ? 'caution' : 'missing',
    )
  })
})

test.each([
  [{ expiresAt: END }, 'ready until 06:00 tomorrow'],
  [{ freshness: 'expiring', expiresAt: END }, 'ready until 06:00 tomorrow'],
  [{ freshness: 'none' }, 'no token yet'],
  [{ freshness: 'expired', expiresAt: NOW }, 'expired'],
  [{ ...failed('broker-down'), brokerName: 'Zerodha Kite Connect' }, 'Zerodha is down'],
  [failed('network'), 'offline'],
  [failed('bad-totp'), 'needs you'],
  [{ login }, 'logging in'],
  [{ canLogIn: false, freshness: 'none' }, 'codes only'],
  [
    { freshness: 'unverified', expiresAt: END, problem: new LoginError('ip-not-allowed').toProblem(0) },
    'not checked from here until 06:00 tomorrow',
  ],
] as const)('an account in one line: %j', (account, words) => {
  expect(accountWords(madeUpAccount(account), NOW, -330)).toBe(words)
})
