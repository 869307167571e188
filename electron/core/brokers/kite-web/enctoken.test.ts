import { describe, expect, test } from 'vitest'
import { LoginError } from '../../errors.ts'
import { enctokenIn } from './enctoken.ts'

const reply = (...cookies: string[]) => ({
  status: 200,
  headers: new Headers(cookies.map((cookie): [string, string] => ['set-cookie', cookie])),
  body: '',
})

describe('the enctoken', () => {
  test.each([
    ['enctoken=ab+/cd==; Path=/; Secure', 'ab+/cd=='],
    ['enctoken=ab%2B%2Fcd%3D%3D; path=/', 'ab+/cd=='],
    ['enctoken=ab%zz', 'ab%zz'],
    ['enctoken= ab ', 'ab'],
  ])('of %j is %s', (cookie, enctoken) => {
    expect(enctokenIn(reply('kf_session=x; Path=/', cookie, 'public_token=y'))).toBe(enctoken)
  })

  test('that is deleted first and then set again is the new one', () => {
    expect(enctokenIn(reply('enctoken=; Max-Age=0', 'enctoken=new; Path=/'))).toBe('new')
    expect(enctokenIn(reply('enctoken=new; Path=/', 'enctoken=; Max-Age=0'))).toBe('new')
  })

  test.each([
    [[]],
    [['public_token=x; Path=/']],
    [['my_enctoken=x']],
    [['enctoken=; Path=/']],
    [['enctoken=two words']],
    [['enctoken=a%0d%0aCookie:b']],
    [['enctoken=a%3Bb']],
  ])('is not found in %j', (cookies) => {
    expect(() => enctokenIn(reply(...cookies))).toThrow(LoginError)
  })
})
