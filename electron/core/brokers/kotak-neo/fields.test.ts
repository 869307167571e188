import { describe, expect, test } from 'vitest'
import { inputErrors } from '../../../../tests/support/failure.ts'
import { checkInput, fieldHints } from '../../accounts/validate.ts'
import { kotakNeo } from './broker.ts'

const right = {
  consumer_key: '01234567-89ab-cdef-0123-456789abcdef',
  mobile_number: '9876543210',
  ucc: 'AB12C',
  mpin: '246810',
  totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
}

const check = (typed: Partial<typeof right>) =>
  checkInput(kotakNeo, { values: { ...right, ...typed }, endpoints: {} }, new Set())

const hints = (typed: Partial<typeof right>) => fieldHints(kotakNeo, { ...right, ...typed })

describe('what the user types for a Kotak Neo account', () => {
  test.each([
    '9876543210',
    '919876543210',
    '+919876543210',
    '+91 98765 43210',
    '+91-98765-43210',
    ' 98765 43210 ',
    '09876543210',
    '00919876543210',
    '+91 (0)98765-43210',
    '(+91) 98765 43210',
    '0091 98765 43210',
  ])('takes the mobile number as %j', (mobile_number) => {
    expect(check({ mobile_number }).settings['mobile_number']).toBe('+919876543210')
  })

  test('takes ten digits that begin with 91 as a number in its own right', () => {
    expect(check({ mobile_number: '9198765432' }).settings['mobile_number']).toBe('+919198765432')
  })

  test.each([
    ['+971 50 123 4567', '+971501234567'],
    ['00971501234567', '+971501234567'],
    ['+44 (7700) 900-123', '+447700900123'],
    ['+1 212 555 0123', '+12125550123'],
  ])('takes a number from abroad with its country code: %j', (mobile_number, kept) => {
    expect(check({ mobile_number }).settings['mobile_number']).toBe(kept)
  })

  test.each([
    '987654321',
    '98765432101',
    '0987654321',
    '971501234567',
    '+91987654321',
    '98765o3210x',
    '+91',
    '+',
  ])('refuses %j as a mobile number', async (mobile_number) => {
    const errors = await inputErrors(() => check({ mobile_number }))
    expect(errors).toEqual({ mobile_number: 'has ten digits, or begins with + and a country code' })
  })

  test('takes the client code in small letters too', () => {
    expect(check({ ucc: ' ab12c ' }).settings['ucc']).toBe('AB12C')
  })

  test.each(['ABC', 'AB12C', 'ABC123', 'WB12345', 'ABCDEF123456'])('takes %j as a client code', (ucc) => {
    expect(check({ ucc }).settings['ucc']).toBe(ucc)
    expect(hints({ ucc })).toEqual({})
  })

  test.each(['AB', 'ABCDEF1234567', 'AB-2C', 'AB 2C'])('refuses %j as a client code', async (ucc) => {
    expect(await inputErrors(() => check({ ucc }))).toEqual({
      ucc: 'has 3 to 12 letters and digits, such as AB12C',
    })
  })

  test('takes a client code of digits alone, and hints that it may be another number', () => {
    expect(check({ ucc: '12345678' }).settings['ucc']).toBe('12345678')
    expect(hints({ ucc: '12345678' })).toEqual({ ucc: expect.stringContaining('all digits') })
  })

  test.each(['', 'Bearer ', 'bearer  '])(
    'takes the consumer key with %j before it and spaces around',
    (before) => {
      const { consumer_key } = right
      const typed = ` ${before}${consumer_key} `
      expect(check({ consumer_key: typed }).secrets['consumer_key']?.reveal()).toBe(consumer_key)
      expect(hints({ consumer_key: typed })).toEqual({})
    },
  )

  test.each(['0123456789abcdef0123456789abcdef', 'xyz', 'a+b/c=='])(
    'takes %j as the consumer key, with a hint that does not repeat it',
    (consumer_key) => {
      expect(check({ consumer_key }).secrets['consumer_key']?.reveal()).toBe(consumer_key)
      const { consumer_key: hint } = hints({ consumer_key })
      expect(hint).toContain('five groups')
      expect(hint).not.toContain(consumer_key)
    },
  )

  test.each(['two keys', 'kéy'])('refuses %j, which no header could carry as a key', async (key) => {
    const errors = await inputErrors(() => check({ consumer_key: key }))
    expect(Object.keys(errors)).toEqual(['consumer_key'])
    expect(errors['consumer_key']).not.toContain(key)
  })

  test('takes the MPIN with its leading zeros', () => {
    expect(check({ mpin: '012345 ' }).secrets['mpin']?.reveal()).toBe('012345')
  })

  test.each(['1234', '12345'])('takes %j as the MPIN, with a hint that does not repeat it', (mpin) => {
    expect(check({ mpin }).secrets['mpin']?.reveal()).toBe(mpin)
    expect(hints({ mpin })['mpin']).toContain('shorter')
    expect(hints({ mpin })['mpin']).not.toContain(mpin)
  })

  test.each(['123', '1234567', '12345a'])('refuses %j as the MPIN', async (mpin) => {
    expect(await inputErrors(() => check({ mpin }))).toEqual({ mpin: 'has four to six digits' })
    expect(hints({ mpin })).toEqual({})
  })
})
