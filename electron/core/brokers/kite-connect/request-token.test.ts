import { describe, expect, test } from 'vitest'
import { LoginError } from '../../errors.ts'
import { requestTokenIn } from './request-token.ts'
import { endsSignIn } from './sign-in-page.ts'

const web = new URL('https://kite.zerodha.com')
const own = 'request_token=R&status=success&action=login&type=login'

describe('the address at the end of a login', () => {
  test.each([
    `https://me.example/cb?${own}`,
    `https://me.example/cb?status=live&${own}`,
    `https://me.example/cb?request_token=mine&${own}`,
    `https://me.example/cb?message=hello&mine=1&${own}&other=2`,
    `https://me.example/#/cb?${own}`,
    `https://me.example/#/cb?status=live&${own}`,
    `https://me.example/cb?status=live#${own}`,
    `https://me.example/cb?${own}#/cb?status=live`,
    `https://me.example/cb?status=live&request_token=R`,
    `http://127.0.0.1:9/?request_token=R`,
  ])('carries the token: %s', (address) => {
    expect(requestTokenIn(new URL(address), 'PR0001')).toBe('R')
    expect(endsSignIn(new URL(address), web)).toBe(true)
  })

  test.each([
    ['status=error&message=The+user+is+not+enabled+for+the+app.', 'app-config'],
    ['status=cancelled', 'app-config'],
    ['status=error&message=Your+Kite+Connect+subscription+has+expired', 'subscription'],
    ['status=error&message=Logins+from+this+network+are+not+permitted', 'ip-not-allowed'],
  ])('says that there is none: %s', (query, kind) => {
    for (const start of [
      'https://me.example/cb?',
      'https://me.example/cb?status=success&',
      'https://me.example/#/cb?',
    ]) {
      const address = new URL(`${start}${query}`)
      expect(() => requestTokenIn(address, 'PR0001')).toThrow(expect.objectContaining({ kind }))
      expect(endsSignIn(address, web)).toBe(true)
    }
  })

  test('names the user ID that the app lacks', () => {
    const address = new URL('https://me.example/cb?status=error&message=The+user+is+not+enabled+for+the+app.')
    const next = expect.stringContaining('Add user ID PR0001 to the app at developers.kite.trade')
    const brokerWords = 'The user is not enabled for the app.'
    expect(() => requestTokenIn(address, 'PR0001')).toThrow(expect.objectContaining({ next, brokerWords }))
    expect(() => requestTokenIn(address, 'PR0001')).toThrow(LoginError)
  })

  test.each([
    'https://kite.zerodha.com/connect/finish?request_token=R',
    'https://kite.trade/connect/login?status=x',
    'https://me.example/',
    'https://me.example/#top',
  ])('is not %s', (address) => {
    expect(endsSignIn(new URL(address), web)).toBe(false)
  })
})
