import { describe, expect, test } from 'vitest'
import { LoginError } from '../errors.ts'
import { attemptLimits, nothingSpent, settle, spend, takeBack, type AttemptKind } from './budget.ts'

/** How often a kind can be spent from nothing until it is refused. */
function triesAllowed(kind: AttemptKind): number {
  let spent = nothingSpent
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
    const spent = spend(spend(nothingSpent, 'code'), 'password')
    expect(spent).toEqual({ password: 1, code: 1 })
    expect(() => spend(spent, 'password')).toThrow(LoginError)
    expect(spend(spent, 'code')).toEqual({ password: 1, code: 2 })
  })

  test('refuses with what was sent and what to do', () => {
    for (const kind of ['password', 'code'] as const) {
      const error = caught(() => spend({ password: 9, code: 9 }, kind))
      expect(error.kind).toBe('budget-spent')
      expect(error.retrySafe).toBe(false)
      expect(error.message).toContain(kind)
      expect(error.next).toContain('again here')
    }
  })

  test('starts afresh for a kind that was accepted, and for that kind only', () => {
    expect(settle({ password: 1, code: 2 }, 'code')).toEqual({ password: 1, code: 0 })
    expect(settle({ password: 1, code: 2 }, 'password')).toEqual({ password: 0, code: 2 })
  })

  test('takes one attempt back, and never more than were made', () => {
    expect(takeBack({ password: 1, code: 2 }, 'code')).toEqual({ password: 1, code: 1 })
    expect(takeBack(nothingSpent, 'password')).toEqual(nothingSpent)
  })

  test('never changes the count it is given', () => {
    const before = Object.freeze({ password: 0, code: 1 })
    spend(before, 'code')
    settle(before, 'code')
    takeBack(before, 'code')
    expect(before).toEqual({ password: 0, code: 1 })
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
