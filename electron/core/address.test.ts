import { expect, test } from 'vitest'
import { isLoopback, isSafeAddress } from './address.ts'

test.each([
  'https://kite.zerodha.com',
  'https://localhost',
  'http://127.0.0.1:40001',
  'http://127.8.9.10',
  'http://127.1',
  'http://2130706433',
  'http://[::1]:40001',
])('%s may be talked to', (address) => {
  expect(isSafeAddress(new URL(address))).toBe(true)
})

test.each([
  'http://kite.zerodha.com',
  'http://localhost:40001',
  'http://sub.localhost',
  'http://127.0.0.1.example.com',
  'http://example.com/127.0.0.1',
  'http://127.0.0.1@example.com',
  'http://0.0.0.0',
  'http://[::]',
  'http://[::ffff:127.0.0.1]',
  'http://192.168.1.1',
  'ftp://127.0.0.1',
  'ws://127.0.0.1',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/plain,x',
])('%s may not be talked to', (address) => {
  expect(isSafeAddress(new URL(address))).toBe(false)
})

test.each([
  ['http://127.0.0.1:40001', 'socks5://127.0.0.1:1080', true],
  ['http://127.0.0.1:40001', 'http://[::1]:3128', true],
  ['http://127.0.0.1:40001', 'https://proxy.example', false],
  ['http://127.0.0.1:40001', 'http://localhost:3128', false],
  ['https://kite.zerodha.com', 'http://proxy.example:3128', true],
])('%s through %s: %s', (address, proxy, isSafe) => {
  expect(isSafeAddress(new URL(address), new URL(proxy))).toBe(isSafe)
})

test('only numeric addresses of this computer count as loopback', () => {
  expect(isLoopback(new URL('https://127.0.0.1'))).toBe(true)
  expect(isLoopback(new URL('https://[::1]'))).toBe(true)
  expect(isLoopback(new URL('https://localhost'))).toBe(false)
  expect(isLoopback(new URL('https://128.0.0.1'))).toBe(false)
})
