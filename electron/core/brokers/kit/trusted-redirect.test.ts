import { describe, expect, test } from 'vitest'
import { trustedRedirect } from './trusted-redirect.ts'

const DOMAIN = 'broker.example'
const real = new URL('https://login.broker.example/api')
const practice = new URL('http://127.0.0.1:4001')
const elsewhere = new URL('http://127.0.0.1:4002')

describe('an address that a reply names, for an account at the broker’s domain', () => {
  test.each([
    'https://trade.broker.example',
    'https://a.b.broker.example/path',
    'https://login.broker.example',
  ])('is taken when it is %s', (told) => {
    expect(trustedRedirect(told, [real], DOMAIN)).toEqual(new URL(told))
  })

  test.each([
    'http://trade.broker.example',
    'https://trade.broker.example:8443',
    'https://notbroker.example',
    'https://broker.example.evil.example',
    'https://broker.example@evil.example',
    'https://user:word@trade.broker.example',
    'https://trade.broker.example/?next=evil',
    'https://trade.broker.example/#evil',
    'http://127.0.0.1:4001',
    'ftp://trade.broker.example',
    'trade.broker.example',
    '//trade.broker.example',
    '',
  ])('is not taken when it is %j', (told) => {
    expect(trustedRedirect(told, [real], DOMAIN)).toBe(null)
  })
})

describe('an address that a reply names, for an account elsewhere', () => {
  test.each(['http://127.0.0.1:4001', 'http://127.0.0.1:4001/path', 'http://127.0.0.1:4002'])(
    'is taken when it is one of its own: %s',
    (told) => {
      expect(trustedRedirect(told, [practice, elsewhere], DOMAIN)).toEqual(new URL(told))
    },
  )

  test.each(['https://trade.broker.example', 'http://127.0.0.1:4003', 'https://127.0.0.1:4001'])(
    'is not taken when it is %s',
    (told) => {
      expect(trustedRedirect(told, [practice, elsewhere], DOMAIN)).toBe(null)
    },
  )

  test('is not one of the broker’s although the account names that one as its second', () => {
    expect(trustedRedirect(real.href, [practice, real], DOMAIN)).toBe(null)
  })
})
