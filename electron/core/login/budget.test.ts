import { describe, expect, test } from 'vitest'
import { LoginError } from '../errors.ts'
import { noAttempts, type Attempts } from '../accounts/account.ts'
import { attemptLimits, settle, spend, takeBack, type AttemptKind } from './budget.ts'

const attempts = (password: number, code: number): Attempts => ({ ...noAttempts, spent: { password, code } })

/** How often a kind can be spent from nothing until it is refused. */
function triesAllowed(kind: AttemptKind): number {
  let spent = noAttempts
  for (let tries = 0; ; tries++) {
    try {
      spent = spend(spent, kind)
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

  test('counts each kind for itself', () => {
    const spent = spend(spend(noAttempts, 'code'), 'password')
    expect(spent).toEqual(attempts(1, 1))
    expect(() => spend(spent, 'password')).toThrow(LoginError)
    expect(spend(spent, 'code')).toEqual(attempts(1, 2))
  })

  test('refuses with what was sent and what to do', () => {
    for (const kind of ['password', 'code'] as const) {
      const error = caught(() => spend(attempts(9, 9), kind))
      expect(error.kind).toBe('budget-spent')
      expect(error.retrySafe).toBe(false)
      expect(error.message).toContain(kind)
      expect(error.next).toContain('again here')
    }
  })

  test('starts afresh for a kind that was accepted, and for that kind only', () => {
    expect(settle(attempts(1, 2), 'code')).toEqual(attempts(1, 0))
    expect(settle(attempts(1, 2), 'password')).toEqual(attempts(0, 2))
  })

  test('takes one attempt back, and never more than were made', () => {
    expect(takeBack(attempts(1, 2), 'code')).toEqual(attempts(1, 1))
    expect(takeBack(noAttempts, 'password')).toEqual(noAttempts)
  })

  test('never changes the count it is given', () => {
    const before = Object.freeze(attempts(0, 1))
    spend(before, 'code')
    settle(before, 'code')
    takeBack(before, 'code')
    expect(before).toEqual(attempts(0, 1))
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
