import { describe, expect, test } from 'vitest'
import type { ProblemKind } from '../../../contract/state.ts'
import { codeWords, passwordWords } from './refusal-words.ts'
import { readRefusal, type RefusalTable } from './refusals.ts'

type Step = 'login' | 'probe'

const table: RefusalTable<Step> = {
  carries: { login: ['password', 'code'] },
  rows: [
    { kind: 'rate-limited', codes: ['E9'], coolDownMs: 5_000 },
    { in: ['login'], kind: 'bad-totp', codes: ['E1'], accepts: ['password'], final: true },
    { kind: 'bad-credentials', codes: ['E2'], message: 'Not this one.' },
    { kind: 'bad-totp', words: codeWords },
    { kind: 'bad-credentials', words: passwordWords },
    { in: ['probe'], kind: 'token-expired', statuses: [401, 503] },
    { kind: 'app-config', words: /\bkey\b/i, notJudged: true },
    { in: ['probe'], kind: 'subscription' },
  ],
  texts: { 'app-config': { next: 'Look at the key.' }, 'account-locked': { next: 'Unlock it there.' } },
}

const read = (step: Step, status: number, words: string, code = '') =>
  readRefusal(table, step, status, { code, words, isRefusal: true })
const kind = (step: Step, status: number, words: string, code = ''): ProblemKind =>
  read(step, status, words, code).error.kind

describe('an entry is called wrong', () => {
  test.each([200, 400, 401, 403, 422])('under status %i, by a code or words about it', (status) => {
    expect(kind('login', status, 'Invalid TOTP')).toBe('bad-totp')
    expect(kind('login', status, 'Invalid PIN')).toBe('bad-credentials')
    expect(kind('login', status, '', 'E1')).toBe('bad-totp')
    expect(kind('login', status, '', 'E2')).toBe('bad-credentials')
  })

  test.each([302, 404, 405, 409, 410, 418, 429, 500, 502, 503])('never under status %i', (status) => {
    for (const [words, code] of [['Invalid TOTP'], ['Invalid PIN'], ['', 'E1'], ['', 'E2']] as const) {
      expect(['bad-totp', 'bad-credentials']).not.toContain(kind('login', status, words, code))
    }
  })

  test('never in a step that carries none', () => {
    expect(kind('probe', 400, 'Invalid TOTP')).toBe('subscription')
    expect(kind('probe', 401, '', 'E2')).toBe('token-expired')
  })

  test.each(['TOTP is missing', 'Too many TOTPs', 'PIN required', 'You exceed the limit of PINs'])(
    'never by “%s”, which judges none',
    (words) => {
      expect(['bad-totp', 'bad-credentials']).not.toContain(kind('login', 400, words))
    },
  )

  test('and what the same request carried beside it is accepted only where the table says so', () => {
    expect(read('login', 400, '', 'E1').accepted).toEqual(['password'])
    expect(read('login', 400, 'Invalid TOTP').accepted).toEqual([])
    expect(read('login', 503, '', 'E1').accepted).toEqual([])
    expect(read('login', 400, 'Your account is locked', 'E1')).toMatchObject({
      accepted: [],
      error: { kind: 'account-locked' },
    })
  })
})

describe('the first row whose conditions hold gives the meaning', () => {
  test('before what words mean at every broker', () => {
    expect(kind('login', 400, 'The key is locked')).toBe('app-config')
    expect(kind('login', 400, 'The account is locked')).toBe('account-locked')
    expect(read('login', 400, 'Your account is blocked', 'E9').error).toMatchObject({
      kind: 'rate-limited',
      coolDownMs: 5_000,
    })
  })

  test('and a row without conditions after it', () => {
    expect(kind('probe', 403, 'The IP is not registered')).toBe('ip-not-allowed')
    expect(kind('probe', 401, 'The IP is not registered')).toBe('ip-not-allowed')
    expect(kind('probe', 401, 'Something is amiss')).toBe('token-expired')
    expect(kind('probe', 403, 'Something is amiss')).toBe('subscription')
    expect(kind('login', 403, 'Something is amiss')).toBe('protocol-changed')
  })

  test('under an outage, a pause or a gone route only by a row about that status', () => {
    expect(kind('login', 500, 'Bad key')).toBe('broker-down')
    expect(kind('login', 429, '', 'E9')).toBe('rate-limited')
    expect(kind('login', 404, 'Bad key')).toBe('protocol-changed')
    expect(read('login', 404, 'Bad key').error.notJudged).toBe(true)
    expect(kind('probe', 503, '')).toBe('token-expired')
  })

  test('with its texts, or those of its kind, and the broker’s words', () => {
    expect(read('login', 400, '', 'E2').error.message).toBe('Not this one.')
    expect(read('login', 400, 'Bad key').error).toMatchObject({
      next: 'Look at the key.',
      brokerWords: 'Bad key',
      notJudged: true,
    })
    expect(read('login', 400, 'The account is locked').error.next).toBe('Unlock it there.')
    expect(read('login', 400, '', 'E1').error).toMatchObject({ final: true, brokerWords: null })
  })

  test('by the status that the envelope states', () => {
    const envelope = { code: '', words: 'Invalid PIN', isRefusal: true, status: 503 }
    expect(readRefusal(table, 'login', 200, envelope).error.kind).toBe('broker-down')
  })
})
