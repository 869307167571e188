import { describe, expect, test } from 'vitest'
import { inputErrors } from '../../../../tests/support/failure.ts'
import { kiteMorning, kiteWebMorning } from '../../../../tests/support/kite-morning.ts'
import { userId } from './fields.ts'

describe('a user ID', () => {
  test.each([
    ['AB1234', 'AB1234'],
    [' ab1234 ', 'AB1234'],
    ['ZERODHA12345', 'ZERODHA12345'],
    ['123456', '123456'],
  ])('is taken as typed: “%s”', (typed, stored) => {
    expect(userId.normalise?.(typed)).toBe(stored)
  })

  test.each(['AB123', 'AB 1234', 'AB1234567890X', ''])('is not “%s”', (typed) => {
    expect(() => userId.normalise?.(typed)).toThrow('has 6 to 12 letters and digits, such as AB1234')
  })

  test.each([
    '9876543210',
    '+919876543210',
    '+91 98765 43210',
    '+91-98765-43210',
    '919876543210',
    '00919876543210',
    '09876543210',
    '(+91) 98765 43210',
  ])('is not the mobile number “%s”', (typed) => {
    expect(() => userId.normalise?.(typed)).toThrow('such as AB1234, not the mobile number')
  })

  test.each([
    ['Kite Connect', kiteMorning],
    ['the Kite web session', kiteWebMorning],
  ])('that is a mobile number makes no account at %s', async (_name, morning) => {
    expect(await inputErrors(() => morning({ typed: { user_id: '+91 98765 43210' } }))).toEqual({
      user_id: 'is what Kite calls your user ID, such as AB1234, not the mobile number',
    })
  })
})
