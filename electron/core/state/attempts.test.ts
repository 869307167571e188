import { describe, expect, test } from 'vitest'
import { LoginError } from '../errors.ts'
import { noAttempts, type EntryNames } from './attempts.ts'
import type { EntryKind } from '../brokers/broker.ts'
import {
  attemptLimits,
  LEFT_TO_THE_USER,
  PROVEN_PASSWORD_LIMIT,
  settle,
  spend,
  takeBack,
  type Spendable,
} from './attempts.ts'
import { attemptsLeftIn } from '../brokers/kit/attempts-left.ts'

const names: EntryNames = {
  password: 'MPIN',
  totpSecret: 'TOTP setup key',
  broker: 'Kotak',
  refusedOn: ' on 29 Nov at 08:15 IST',
}
const fresh: Spendable = { ...noAttempts, passwordProven: false }
const attempts = (password: number, code: number): Spendable => ({ ...fresh, spent: { password, code } })

/** How often a kind can be spent from nothing until it is refused. */
function triesAllowed(kind: EntryKind, from: Spendable = fresh): number {
  let spent = from
  for (let tries = 0; ; tries++) {
    try {
      spent = spend(spent, kind, names)
    } catch (error) {
      expect(error).toBeInstanceOf(LoginError)
      return tries
    }
  }
}

describe('the attempt budget', () => {
  test('allows one password and two codes, fewer than any broker’s five', () => {
    expect(triesAllowed('password')).toBe(1)
    expect(triesAllowed('code')).toBe(2)
    expect(attemptLimits.password + attemptLimits.code).toBeLessThan(5)
  })

  test('allows a proven password one more, and no third', () => {
    expect(triesAllowed('password', { ...fresh, passwordProven: true })).toBe(2)
    expect(PROVEN_PASSWORD_LIMIT).toBeLessThan(5 - attemptLimits.code)
  })

  test('allows a proven password that was refused no more than any other', () => {
    const refused = { ...fresh, passwordProven: true, passwordRefused: true, spent: { password: 1, code: 0 } }
    expect(triesAllowed('password', refused)).toBe(0)
    expect(settle(refused, 'code').passwordRefused).toBe(true)
    expect(settle(refused, 'password').passwordRefused).toBe(false)
  })

  test('counts each kind for itself', () => {
    const spent = spend(spend(fresh, 'code', names), 'password', names)
    expect(spent).toEqual(attempts(1, 1))
    expect(() => spend(spent, 'password', names)).toThrow(LoginError)
    expect(spend(spent, 'code', names)).toEqual(attempts(1, 2))
  })

  test.each<[EntryKind, EntryNames, message: RegExp, next: RegExp]>([
    [
      'password',
      names,
      /^Kotak got this MPIN once and didn’t say/,
      /^Try it on Kotak’s page .* enter it here again/,
    ],
    ['code', names, /^Kotak refused two codes on 29 Nov at 08:15 IST/, /enter the TOTP setup key here again/],
    ['code', { ...names, totpSecret: null }, /^Kotak refused two codes/, /^Enter your MPIN here again/],
  ])('refuses a %s with what was sent and what to do, in the broker’s words', (kind, of, message, next) => {
    const error = caught(() => spend(attempts(1, 9), kind, of))
    expect(error).toMatchObject({ kind: 'budget-spent', retrySafe: false })
    expect(error.message).toMatch(message)
    expect(error.next).toMatch(next)
  })

  test('starts afresh for a kind that was accepted, and for that kind only', () => {
    expect(settle(attempts(1, 2), 'code')).toEqual(attempts(1, 0))
    expect(settle(attempts(1, 2), 'password')).toEqual(attempts(0, 2))
  })

  test('takes one attempt back, and never more than were made', () => {
    expect(takeBack(attempts(1, 2), 'code')).toEqual(attempts(1, 1))
    expect(takeBack(fresh, 'password')).toEqual(fresh)
  })

  test('never changes the count it is given', () => {
    const before = Object.freeze(attempts(0, 1))
    spend(before, 'code', names)
    settle(before, 'code')
    takeBack(before, 'code')
    expect(before).toEqual(attempts(0, 1))
  })
})

describe('the last attempts that the broker allows', () => {
  const left = (attemptsLeft: number | null): Spendable => ({ ...fresh, attemptsLeft })

  test.each([0, 1, LEFT_TO_THE_USER])('are the user’s own, such as the last %i', (attemptsLeft) => {
    for (const kind of ['password', 'code'] as const) {
      const error = caught(() => spend(left(attemptsLeft), kind, names))
      expect(error.kind).toBe('budget-spent')
      expect(error.retrySafe).toBe(false)
    }
  })

  test.each([3, 4, null])('are not reached while it names %s', (attemptsLeft) => {
    expect(() => spend(left(attemptsLeft), 'password', names)).not.toThrow()
    expect(() => spend(left(attemptsLeft), 'code', names)).not.toThrow()
  })

  test.each([
    [0, 'One more wrong entry, and the broker locks this account.'],
    [
      1,
      'The broker locks this account after one more wrong entry. TokenTray stops here and leaves it to you.',
    ],
    [
      2,
      'The broker locks this account after 2 more wrong entries. TokenTray stops here and leaves them to you.',
    ],
  ])('are named in the refusal: %i', (attemptsLeft, message) => {
    expect(caught(() => spend(left(attemptsLeft), 'code', names)).message).toBe(message)
  })

  test('are still known after an attempt was sent or taken back', () => {
    expect(spend(left(3), 'code', names).attemptsLeft).toBe(3)
    expect(takeBack(left(1), 'code').attemptsLeft).toBe(1)
  })

  test.each(['password', 'code'] as const)('count anew once a %s was accepted or entered again', (kind) => {
    expect(settle(left(1), kind)).toEqual(fresh)
  })
})

describe('how many attempts are left', () => {
  test.each([
    [4, 'Invalid OTP. 4 attempts left.'],
    [1, 'Invalid OTP. 1 attempts left.'],
    [4, 'wrong username or password, 4 attempts left'],
    [2, 'You have 2 more attempts left'],
    [2, 'You have 2 remaining attempts. Five wrong entries block the account for 24 hours.'],
    [3, 'You have 3 remaining attempts. 5 wrong entries block the account.'],
    [3, 'remaining attempts: 3'],
    [3, 'Remaining attempts - 3'],
    [3, 'Remaining attempts are 3'],
    [3, 'Remaining login attempts = 3.'],
    [2, 'Attempts left: 2'],
    [2, 'Invalid PIN (attempts remaining: 2 of 5)'],
    [1, '1 attempt remaining'],
    [2, 'ONLY 2 ATTEMPT(S) ARE LEFT'],
    [2, '2 login attempts left'],
    [2, '2 wrong OTP attempts left'],
    [2, '2 of 5 attempts left'],
    [2, '2/5 attempts left'],
    [2, '2 out of your 5 attempts remain'],
    [2, 'You are left with 2 attempts'],
    [2, 'Your account will be locked after 2 more incorrect attempts.'],
    [2, 'Wrong MPIN. 2 tries left'],
    [2, '2 retries remaining'],
    [1, 'This is your last chance: 1 chance left'],
    [2, 'You have\u00a02\nattempts  left'],
    [12, '12 attempts left'],
    [0, '0 attempts left'],
    [0, 'You have no attempts left. 24 hours from now the account opens again.'],
    [0, 'No more attempts are allowed today.'],
    [1, 'Only one attempt left'],
    [1, 'One attempt left, 15 minutes to unlock'],
    [1, 'After one more wrong attempt your account is blocked.'],
    [2, 'Two attempts remaining'],
    [3, 'three attempts left'],
    [4, 'Four attempts left'],
    [5, 'five attempts left'],
    [1, 'Last attempt'],
    [1, 'Invalid PIN. Last attempt!'],
    [1, 'This is your last attempt.'],
    [1, 'You have one last attempt before the account is locked'],
    [1, 'Last attempt before your account is blocked'],
  ])('is %i in “%s”', (count, words) => {
    expect(attemptsLeftIn(words)).toBe(count)
  })

  test.each([
    '5 attempts made',
    'Your account is blocked after 5 incorrect attempts',
    'Your account is blocked after 5 incorrect entries. Reset your password to unblock it.',
    'Please try again in 2 minutes',
    'Try again. 2 minutes left',
    'Wait 2 more minutes and attempt to log in again',
    'Too many attempts, 1 minute remaining',
    'Attempts left your account blocked. 2 hours remain.',
    'Your last attempt failed',
    'Last login attempt: 21 Nov 2026 at 01:02',
    'Attempt 2 of 5 failed',
    'Invalid TOTP',
    'Order 2 left in the book',
    '',
  ])('is not said in “%s”', (words) => {
    expect(attemptsLeftIn(words)).toBe(null)
  })

  test('is not said by a broker without words', () => {
    expect(attemptsLeftIn(null)).toBe(null)
  })
})

function caught(action: () => unknown): LoginError {
  try {
    action()
  } catch (error) {
    if (error instanceof LoginError) return error
  }
  throw new Error('expected a LoginError')
}
