import { describe, expect, test } from 'vitest'
import { inputErrors } from '../../../../tests/support/failure.ts'
import { checkInput } from '../../accounts/validate.ts'
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

describe('what the user types for a Kotak Neo account', () => {
  test.each([
    '9876543210',
    '919876543210',
    '+919876543210',
    '+91 98765 43210',
    '+91-98765-43210',
    ' 98765 43210 ',
  ])('takes the mobile number as %j', (mobile_number) => {
    expect(check({ mobile_number }).settings['mobile_number']).toBe('+919876543210')
  })

  test('takes ten digits that begin with 91 as a number in its own right', () => {
    expect(check({ mobile_number: '9198765432' }).settings['mobile_number']).toBe('+919198765432')
  })

  test.each(['987654321', '98765432101', '+449876543210', '98765o3210x', '+91'])(
    'refuses %j as a mobile number',
    async (mobile_number) => {
      const errors = await inputErrors(() => check({ mobile_number }))
      expect(errors).toEqual({ mobile_number: 'has ten digits, with or without +91 before them' })
    },
  )

  test('takes the client code in small letters too', () => {
    expect(check({ ucc: ' ab12c ' }).settings['ucc']).toBe('AB12C')
  })

  test.each(['AB12', 'AB12CD', '12345678', 'AB-2C'])('refuses %j as a client code', async (ucc) => {
    expect(await inputErrors(() => check({ ucc }))).toEqual({
      ucc: expect.stringContaining('five letters and digits'),
    })
  })

  test('takes the consumer key with spaces around it', () => {
    const { consumer_key } = right
    expect(check({ consumer_key: ` ${consumer_key} ` }).secrets['consumer_key']?.reveal()).toBe(consumer_key)
  })

  test.each(['Bearer 01234567-89ab-cdef-0123-456789abcdef', '0123456789abcdef0123456789abcdef', 'xyz'])(
    'refuses %j as the consumer key, without repeating it',
    async (consumer_key) => {
      const errors = await inputErrors(() => check({ consumer_key }))
      expect(Object.keys(errors)).toEqual(['consumer_key'])
      expect(errors['consumer_key']).not.toContain(consumer_key)
    },
  )

  test('takes the MPIN with its leading zeros', () => {
    expect(check({ mpin: '012345 ' }).secrets['mpin']?.reveal()).toBe('012345')
  })

  test.each(['1234', '1234567', '12345a'])('refuses %j as the MPIN', async (mpin) => {
    expect(await inputErrors(() => check({ mpin }))).toEqual({ mpin: 'has six digits' })
  })
})
