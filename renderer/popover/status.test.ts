import { expect, test } from 'vitest'
import { problemKinds, type ProblemKind } from '../../electron/contract/state.ts'
import { hasToken, interactionNeeded, statusOf, tokenWords } from '../../electron/contract/status.ts'
import { summaryOf } from '../../electron/contract/summary.ts'
import { account, appState, INDIA, NOW, problem, question } from './fixtures.ts'
import { offersLogin, wantsLogin } from './card/remedy.ts'

const MINUTE = 60_000
const login = { step: 1, total: 6, label: 'Opening the login page' }

test.each([
  ['none', 'ring', 'No token yet'],
  ['fresh', 'disc', 'Ready'],
  ['expired', 'ring', 'Expired'],
  ['rejected', 'cross', 'No longer accepted'],
  ['unverified', 'query', 'Not checked'],
] as const)('%s is told by shape and word', (freshness, shape, word) => {
  expect(statusOf(account({ freshness }), NOW)).toMatchObject({ shape, word })
})

test.each([
  [12 * MINUTE, 'Ends in 12 min'],
  [11 * MINUTE + 1, 'Ends in 12 min'],
  [MINUTE / 2, 'Ends in 1 min'],
  [65 * MINUTE, 'Ends in 1 h 5 min'],
  [120 * MINUTE, 'Ends in 2 h'],
  [-1, 'Ends now'],
])('a token that ends in %i ms', (left, word) => {
  expect(statusOf(account({ freshness: 'expiring', expiresAt: NOW + left }), NOW).word).toBe(word)
})

test('a running login comes before everything else', () => {
  expect(statusOf(account({ login, problem: problem() }), NOW).word).toBe('Logging in')
})

test('a login that waits for a code says so by shape and word', () => {
  expect(statusOf(account({ login, question }), NOW)).toMatchObject({
    shape: 'bang',
    word: 'Asks for a code',
  })
})

test('a token the broker accepts stays ready whatever else went wrong', () => {
  const failed = account({ problem: problem({ kind: 'network', retrySafe: true }) })
  expect(statusOf(failed, NOW).word).toBe('Ready')
  expect(interactionNeeded(failed)).toBe(false)
})

const words: Partial<Record<ProblemKind, string>> = {
  network: 'Offline',
  timeout: 'No answer',
  'broker-down': 'Zerodha is down',
  'rate-limited': 'Asked to wait',
  'budget-spent': 'Paused',
  'account-locked': 'Locked by Zerodha',
  'clock-skew': 'Clock is off',
  'keychain-locked': 'Keychain locked',
  'keychain-missing': 'No keychain',
  cancelled: 'Expired',
}

test.each(problemKinds)('every problem has a status: %s', (kind) => {
  const stuck = account({ freshness: 'expired', problem: problem({ kind }) })
  expect(statusOf(stuck, NOW).word).toBe(words[kind] ?? 'Needs you')
})

test('what stands in the way is amber where trying again is safe, and red where it is not', () => {
  const toneWith = (retrySafe: boolean) =>
    statusOf(account({ freshness: 'none', problem: problem({ kind: 'keychain-locked', retrySafe }) }), NOW)
      .tone
  expect([toneWith(true), toneWith(false)]).toEqual(['warn', 'bad'])
})

test('words under the name', () => {
  const words = (part: Parameters<typeof account>[0]) => tokenWords(account(part), NOW, INDIA)
  expect(words({})).toBe('until 06:00 tomorrow')
  expect(words({ expiresAt: null })).toBe('until you log in elsewhere')
  expect(words({ freshness: 'expired', expiresAt: NOW - 170 * MINUTE })).toBe('ended 06:00 today')
  expect(words({ freshness: 'unverified' })).toBe('not verified: Zerodha unreachable')
  expect(words({ freshness: 'none', expiresAt: null })).toBe('Zerodha')
  expect(tokenWords(account(), NOW, 0)).toBe('until 06:00 IST tomorrow')
})

test('which buttons a card has', () => {
  for (const freshness of ['none', 'expired', 'rejected', 'unverified', 'expiring'] as const) {
    expect(offersLogin(account({ freshness }))).toBe(true)
    expect(offersLogin(account({ freshness, login }))).toBe(false)
    expect(offersLogin(account({ freshness, problem: problem() }))).toBe(false)
  }
  expect(offersLogin(account())).toBe(false)
  expect(
    (['fresh', 'expiring', 'unverified'] as const).every((f) => hasToken(account({ freshness: f }))),
  ).toBe(true)
  expect((['none', 'expired', 'rejected'] as const).some((f) => hasToken(account({ freshness: f })))).toBe(
    false,
  )
})

test('log in all leaves alone what is ready, running or waiting for the user', () => {
  expect(wantsLogin(account())).toBe(false)
  expect(wantsLogin(account({ freshness: 'expired', login }))).toBe(false)
  expect(wantsLogin(account({ freshness: 'expired', problem: problem() }))).toBe(false)
  expect(wantsLogin(account({ freshness: 'expired', problem: problem({ kind: 'ip-not-allowed' }) }))).toBe(
    false,
  )
  expect(
    wantsLogin(account({ freshness: 'expired', problem: problem({ kind: 'timeout', retrySafe: true }) })),
  ).toBe(true)
  expect(wantsLogin(account({ freshness: 'none' }))).toBe(true)
})

test('the summary is in colour only when something needs the user', () => {
  const stuck = account({ name: 'stuck', freshness: 'expired', problem: problem() })
  const none = account({ name: 'none', freshness: 'none' })
  expect(summaryOf(appState([]))).toBeNull()
  expect(summaryOf(appState([account(), none]))).toMatchObject({
    words: '1 of 2 ready',
    face: 'missing',
    tone: 'plain',
    waiting: [],
  })
  expect(summaryOf(appState([account(), { ...none, login }]))).toMatchObject({
    words: '1 of 2 ready · 1 logging in',
    face: 'working',
    tone: 'plain',
    waiting: [],
  })
  expect(summaryOf(appState([account(), stuck]))).toMatchObject({
    words: '1 of 2 ready · 1 needs you',
    face: 'attention',
    tone: 'bad',
    waiting: ['stuck'],
  })
  expect(summaryOf(appState([stuck, stuck]))?.words).toBe('0 of 2 ready · 2 need you')
  expect(summaryOf(appState([account(), { ...none, login, question }]))).toMatchObject({
    words: '1 of 2 ready · 1 needs you',
    face: 'caution',
    tone: 'warn',
    waiting: ['none'],
  })
  expect(summaryOf(appState([stuck, { ...none, login, question }]))).toMatchObject({
    words: '0 of 2 ready · 2 need you',
    face: 'attention',
    tone: 'bad',
    waiting: ['none', 'stuck'],
  })
  expect(summaryOf(appState([account({ freshness: 'expiring' })]))).toMatchObject({
    words: '1 of 1 ready · 1 ends soon',
    face: 'ending',
    tone: 'warn',
    waiting: [],
  })
  const keychain = problem({ kind: 'keychain-locked' })
  expect(summaryOf(appState([account()], { keychain }))).toMatchObject({
    words: 'Keychain locked',
    face: 'attention',
    tone: 'bad',
    waiting: [],
  })
})
