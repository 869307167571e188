import { describe, expect, test } from 'vitest'
import {
  isLocked,
  mayBeAboutEntry,
  commonMeaning,
  pauseIn,
  mentionsCode,
  mentionsPassword,
} from './refusal-words.ts'
import { pageError, statusError } from './replies.ts'

describe('a refusal', () => {
  test.each([
    [400, 'Invalid username or password.'],
    [401, 'Incorrect PIN'],
    [403, 'Invalid TOTP'],
    [422, 'MPIN is wrong'],
    [200, 'Wrong OTP'],
  ])('with status %i and words about the entry, “%s”, is left to the broker’s table', (status, words) => {
    expect(mentionsPassword(words) || mentionsCode(words)).toBe(true)
    expect(commonMeaning(status, words, true)).toBeNull()
  })

  test.each([404, 405, 410])('with status %i is about no entry, whatever its words', (status) => {
    expect(commonMeaning(status, 'Invalid password', true)).toEqual({
      kind: 'protocol-changed',
      notJudged: true,
    })
  })

  test.each([302, 409, 418])('with status %i is about no entry either', (status) => {
    expect(mayBeAboutEntry(status)).toBe(false)
    expect(commonMeaning(status, 'Invalid password', true)?.kind).toBe('protocol-changed')
  })

  test.each([
    ['Please complete the captcha', 'bot-wall'],
    ['Logins from this network are not permitted', 'ip-not-allowed'],
    ['Access permitted only when requested from the static IP configured', 'ip-not-allowed'],
    ['Your Kite Connect subscription has expired', 'subscription'],
    ['The user is not enabled for the app.', 'app-config'],
    ['Too many requests', 'rate-limited'],
    ['Your account is locked', 'account-locked'],
  ])('that says “%s” is %s', (words, kind) => {
    expect(commonMeaning(403, words, false)?.kind).toBe(kind)
  })

  test('that blocks for a time is waited out, unless it came with a refused entry', () => {
    const words = 'You have exceeded the maximum number of attempts. Please try again after 10 minutes.'
    expect(commonMeaning(200, words, false)).toEqual({ kind: 'rate-limited', coolDownMs: 600_000 })
    const blocked = 'Wrong PIN. Your account is blocked for 30 minutes'
    expect(commonMeaning(200, blocked, true)?.kind).toBe('account-locked')
  })

  test('that says nothing known is left to the broker’s table', () => {
    expect(commonMeaning(400, 'Something went wrong', false)).toBeNull()
  })
})

test.each([404, 405, 410])('status %i without a word of the broker’s has judged nothing', (status) => {
  const page = { status, headers: new Headers(), body: '<html>' }
  for (const error of [statusError(status), pageError(page)])
    expect([error.kind, error.notJudged]).toEqual(['protocol-changed', true])
})

test('another page where none was due is a wall', () => {
  const page = { status: 403, headers: new Headers(), body: '<html>' }
  expect([pageError(page).kind, statusError(403).notJudged]).toEqual(['bot-wall', false])
})

test.each([
  ['Your account is locked', true],
  ['0 attempts left, your account is blocked', true],
  ['Only 1 attempts left before we block you', false],
  ['You have few attempts left before we lock the account', false],
])('“%s” tells of a lock: %j', (words, is) => {
  expect(isLocked(words)).toBe(is)
})

test.each([
  ['try again after 10 minutes', 600_000],
  ['Retry in 30 seconds.', 30_000],
  ['blocked for 1 hour', 3_600_000],
  ['wait for 2 min', 120_000],
])('“%s” asks for a pause', (words, coolDownMs) => {
  expect(pauseIn(words)).toEqual({ coolDownMs })
})

test('words without a time ask for none', () => {
  expect(pauseIn('try again later')).toBeNull()
})
