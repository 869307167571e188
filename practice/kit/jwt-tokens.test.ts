import { expect, test } from 'vitest'
import { JwtTokens } from './jwt-tokens.ts'

const HOUR_MS = 3_600_000

function tokens(key = 'key') {
  const time = { now: 1_800_000_000_000 }
  return {
    time,
    jwt: new JwtTokens(
      [key],
      () => time.now,
      (madeAt) => madeAt + HOUR_MS,
    ),
  }
}

test('a token is three parts of base64url: HS256, claims, signature', () => {
  const { jwt } = tokens()
  const token = jwt.sign({ sid: 'one', iat: 1, exp: 2 })
  const [header = '', payload = ''] = token.split('.')
  expect(Buffer.from(header, 'base64url').toString()).toBe('{"alg":"HS256","typ":"JWT"}')
  expect(Buffer.from(payload, 'base64url').toString()).toBe('{"sid":"one","iat":1,"exp":2}')
  expect(jwt.claimsOf(token)).toEqual({ sid: 'one', iat: 1, exp: 2 })
  for (const other of ['', '.', '..', `${token}x`, `${header}.${payload}.`, tokens('another').jwt.mint()]) {
    expect(jwt.claimsOf(other)).toBe(null)
    expect(jwt.isLive(other)).toBe(false)
  }
})

test('a token lives until it expires, is revoked, or all are', () => {
  const { jwt, time } = tokens()
  const [first, second, third] = [jwt.mint(), jwt.mint({ sid: 'two' }), jwt.mint()]
  expect(jwt.claimsOf(second)).toMatchObject({
    sid: 'two',
    iat: time.now / 1000,
    exp: time.now / 1000 + 3600,
  })
  jwt.revoke(first)
  expect([first, second, third].map((token) => jwt.isLive(token))).toEqual([false, true, true])
  time.now += HOUR_MS - 1
  expect(jwt.isLive(second)).toBe(true)
  time.now += 1
  expect(jwt.isLive(second)).toBe(false)
  const later = jwt.mint()
  jwt.revokeAll()
  expect(jwt.isLive(later)).toBe(false)
  expect(jwt.isLive(jwt.mint())).toBe(true)
})

test('a token survives a restart with the same secrets', () => {
  const [before, after] = [tokens().jwt, tokens().jwt]
  expect(after.isLive(before.mint())).toBe(true)
})
