import { describe, expect, test } from 'vitest'
import { Random } from '../../../../tests/support/random.ts'
import { LoginError } from '../../errors.ts'
import type { BrokerTime } from '../../totp/clock-offset.ts'
import { assertClock, rememberWindow, waitForCode } from './code-timing.ts'

const PERIOD_MS = 30_000
const WINDOW = 58_000_000
const start = WINDOW * PERIOD_MS
const exactly = (now: number): BrokerTime => ({ now, uncertaintyMs: 0 })

describe('a code is sent', () => {
  test.each([0, 1, 15_000, 26_999, 27_000])('at once, %i ms into an unused window', (into) => {
    expect(waitForCode(exactly(start + into), [])).toBe(0)
  })

  test.each([27_001, 29_000, 29_999])('in the next window when %i ms of this one are gone', (into) => {
    expect(waitForCode(exactly(start + into), [])).toBe(PERIOD_MS - into)
  })

  test('in the next window when this one’s was sent before', () => {
    expect(waitForCode(exactly(start + 5_000), [WINDOW])).toBe(25_000)
    expect(waitForCode(exactly(start), [WINDOW - 1, WINDOW])).toBe(PERIOD_MS)
  })

  test('at once when only older ones were sent', () => {
    expect(waitForCode(exactly(start + 5_000), [WINDOW - 2, WINDOW - 1])).toBe(0)
  })

  test('after the last one sent, when that was ahead: brokers refuse older codes', () => {
    expect(waitForCode(exactly(start + 5_000), [WINDOW + 1])).toBe(55_000)
    expect(waitForCode(exactly(start + 5_000), [WINDOW + 2, WINDOW])).toBe(85_000)
  })

  test('at once when the ones ahead come from a clock that was set back since', () => {
    expect(waitForCode(exactly(start + 5_000), [WINDOW + 3, WINDOW + 120])).toBe(0)
  })
})

describe('where the broker’s clock is known to within 700 ms, a code is sent', () => {
  const about = (now: number): BrokerTime => ({ now, uncertaintyMs: 700 })
  test.each([700, 15_000, 26_300])('at once, %i ms into an unused window', (into) => {
    expect(waitForCode(about(start + into), [])).toBe(0)
  })

  test.each([
    [0, 700],
    [699, 1],
  ])('only when the window has surely begun, at %i ms after %i ms more', (into, waitMs) => {
    expect(waitForCode(about(start + into), [])).toBe(waitMs)
  })

  test.each([26_301, 29_999])('only when the next has surely begun, with %i ms of this one gone', (into) => {
    expect(waitForCode(about(start + into), [])).toBe(PERIOD_MS - into + 700)
  })

  test('only when the window after the last one sent has surely begun', () => {
    expect(waitForCode(about(start + 5_000), [WINDOW])).toBe(25_700)
  })
})

test('however the clock jumps, no code is sent twice, none too late, and none after one just ahead of it', () => {
  const random = new Random(11)
  for (let round = 0; round < 300; round++) {
    let now = start + random.between(0, PERIOD_MS - 1)
    let sent: readonly number[] = []
    // Ten sends are what is remembered; a login makes two.
    for (let send = 0; send < 10; send++) {
      for (let waitMs = waitForCode(exactly(now), sent); waitMs > 0; waitMs = waitForCode(exactly(now), sent))
        now += waitMs
      const window = Math.floor(now / PERIOD_MS)
      expect(sent).not.toContain(window)
      expect((window + 1) * PERIOD_MS - now).toBeGreaterThanOrEqual(3_000)
      expect(sent).not.toContain(window + 1)
      sent = rememberWindow(sent, window)
      now += random.between(-5 * PERIOD_MS, 2 * PERIOD_MS)
    }
  }
})

test('a wait is never longer than three windows', () => {
  const random = new Random(12)
  for (let round = 0; round < 1_000; round++) {
    const sent = Array.from({ length: 5 }, () => WINDOW + random.between(-5, 5))
    const waitMs = waitForCode(exactly(start + random.between(0, PERIOD_MS - 1)), sent)
    expect(waitMs).toBeGreaterThanOrEqual(0)
    expect(waitMs).toBeLessThanOrEqual(3 * PERIOD_MS)
  }
})

test('the newest windows are remembered, a bounded number of them', () => {
  let sent: readonly number[] = []
  for (let window = 1; window <= 25; window++) sent = rememberWindow(sent, window)
  expect(sent).toEqual([16, 17, 18, 19, 20, 21, 22, 23, 24, 25])
})

describe('the clock is trusted', () => {
  const DAY_MS = 24 * 60 * 60_000
  test.each([null, 0, 120_000, -120_000, DAY_MS, -DAY_MS])('when it is off by %s ms', (offset) => {
    expect(() => assertClock(offset)).not.toThrow()
  })

  test.each([
    [DAY_MS + 1, '1 day slow'],
    [3 * DAY_MS, '3 days slow'],
    [-400 * DAY_MS, '400 days fast'],
  ])('no more when it is off by %i ms, which is said in words', (offset, words) => {
    expect(() => assertClock(offset)).toThrow(LoginError)
    expect(() => assertClock(offset)).toThrow(words)
  })
})
