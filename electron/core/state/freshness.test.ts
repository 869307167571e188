import { describe, expect, test } from 'vitest'
import { freshness, type TokenRecord } from './freshness.ts'

const HOUR_MS = 60 * 60_000
const issuedAt = Date.parse('2026-11-21T08:15:05+05:30')
const expiresAt = Date.parse('2026-11-22T06:00:00+05:30')
const accepted: TokenRecord = { issuedAt, expiresAt, seen: 'accepted' }

describe('a token is', () => {
  test('none when there is none', () => {
    expect(freshness(null, issuedAt)).toBe('none')
  })

  test.each([
    [issuedAt, 'fresh'],
    [expiresAt - 15 * 60_000 - 1, 'fresh'],
    [expiresAt - 15 * 60_000, 'expiring'],
    [expiresAt - 1, 'expiring'],
    [expiresAt, 'expired'],
    [expiresAt + 365 * 24 * HOUR_MS, 'expired'],
  ] as const)('at %i %s', (now, state) => {
    expect(freshness(accepted, now)).toBe(state)
  })

  test('fresh for the day, and then to be asked about, when the broker does not say when it ends', () => {
    const endless = { ...accepted, expiresAt: null }
    expect(freshness(endless, expiresAt - 1)).toBe('fresh')
    expect(freshness(endless, expiresAt)).toBe('unverified')
    expect(freshness(endless, issuedAt + 1000 * HOUR_MS)).toBe('unverified')
    expect(freshness({ ...endless, seen: 'unverified' }, issuedAt)).toBe('unverified')
    expect(freshness({ ...endless, seen: 'rejected' }, issuedAt)).toBe('rejected')
  })

  test('fresh when the broker accepted it a moment ago, also in the minutes before the day begins', () => {
    const tenToSix = expiresAt - 10 * 60_000
    expect(freshness({ issuedAt: tenToSix, expiresAt: null, seen: 'accepted' }, tenToSix + 1_000)).toBe(
      'fresh',
    )
  })

  test.each([
    [issuedAt, 'unverified'],
    [expiresAt - 1, 'unverified'],
    [expiresAt, 'expired'],
  ] as const)('at %i %s when the broker could not be asked', (now, state) => {
    expect(freshness({ ...accepted, seen: 'unverified' }, now)).toBe(state)
  })

  test('rejected once the broker has said so, whatever its time', () => {
    const rejected = { ...accepted, seen: 'rejected' } as const
    for (const now of [issuedAt, expiresAt - 1, expiresAt, expiresAt + HOUR_MS])
      expect(freshness(rejected, now)).toBe('rejected')
  })

  test('not believed when it comes from the future: the clock was set back since', () => {
    expect(freshness(accepted, issuedAt - 24 * HOUR_MS - 1)).toBe('unverified')
    expect(freshness(accepted, issuedAt - 24 * HOUR_MS)).toBe('fresh')
    // A broker's clock that runs a little ahead of ours is no reason for doubt.
    expect(freshness(accepted, issuedAt - 2_000)).toBe('fresh')
  })
})
