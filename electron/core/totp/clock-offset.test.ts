import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../../tests/support/fake-clock.ts'
import { ClockOffset } from './clock-offset.ts'

const noon = Date.UTC(2026, 10, 21, 6, 30)

/** An offset with a wall clock and a stopwatch that can be moved together or apart. */
function clocks() {
  const clock = new FakeClock(noon)
  let elapsed = 0
  const offset = new ClockOffset(clock, () => elapsed)
  const pass = (ms: number): void => {
    clock.advance(ms)
    elapsed += ms
  }
  const setWallClock = (byMs: number): void => {
    clock.advance(byMs)
  }
  /** One reply whose `Date` header is `drift` ahead of our clock, on a way of `roundTrip` ms. */
  const reply = (drift: number, roundTrip = 0): void => {
    const sentAt = clock.now()
    pass(roundTrip)
    // The header names the second that has begun, half a second ago on average.
    offset.observe(sentAt + roundTrip / 2 + drift - 500, sentAt, clock.now())
  }
  return { clock, offset, pass, setWallClock, reply }
}

describe('the clock offset', () => {
  test('is unknown before the first reply, and that is not the same as zero', () => {
    const { offset, clock } = clocks()
    expect(offset.offsetMs).toBe(null)
    expect(offset.brokerNow()).toBe(clock.now())
  })

  test.each([-120_000, -90_500, -4_000, 0, 4_000, 90_500, 120_000])(
    'is learnt from one reply: %i ms',
    (drift) => {
      const { offset, reply } = clocks()
      reply(drift)
      expect(offset.offsetMs).toBe(drift)
    },
  )

  test.each([200, 3_000, 5_000])('has half of a round trip of %i ms taken off', (roundTrip) => {
    const { offset, reply, clock } = clocks()
    reply(-30_000, roundTrip)
    expect(offset.offsetMs).toBe(-30_000)
    expect(offset.brokerNow()).toBe(clock.now() - 30_000)
  })

  test('is not learnt from a reply that took longer than five seconds', () => {
    const { offset, reply } = clocks()
    reply(60_000, 5_001)
    expect(offset.offsetMs).toBe(null)
    reply(60_000)
    reply(-60_000, 8_000)
    expect(offset.offsetMs).toBe(60_000)
  })

  test('is not learnt while the wall clock was set back under way', () => {
    const { offset, clock } = clocks()
    offset.observe(clock.now(), clock.now(), clock.now() - 1)
    expect(offset.offsetMs).toBe(null)
  })

  test('follows the latest reply', () => {
    const { offset, reply } = clocks()
    reply(60_000)
    reply(-60_000)
    expect(offset.offsetMs).toBe(-60_000)
  })

  test('is forgotten after fifteen minutes', () => {
    const { offset, reply, pass, clock } = clocks()
    reply(60_000)
    pass(15 * 60_000)
    expect(offset.offsetMs).toBe(60_000)
    pass(1)
    expect(offset.offsetMs).toBe(null)
    expect(offset.brokerNow()).toBe(clock.now())
  })

  test.each([3_600_000, 2_001, -2_001, -3_600_000])(
    'is forgotten when the wall clock is set by %i ms',
    (byMs) => {
      const { offset, reply, setWallClock } = clocks()
      reply(60_000)
      setWallClock(byMs)
      expect(offset.offsetMs).toBe(null)
    },
  )

  test.each([2_000, -2_000])('survives a wall clock that is only trimmed by %i ms', (byMs) => {
    const { offset, reply, setWallClock } = clocks()
    reply(60_000)
    setWallClock(byMs)
    expect(offset.offsetMs).toBe(60_000)
  })

  test('does not come back when the wall clock is set back again', () => {
    const { offset, reply, setWallClock } = clocks()
    reply(60_000)
    setWallClock(10_000)
    expect(offset.offsetMs).toBe(null)
    setWallClock(-10_000)
    expect(offset.offsetMs).toBe(null)
  })

  test('corrects nothing while it is within what a header’s whole seconds can tell', () => {
    const { offset, reply, clock } = clocks()
    for (const drift of [-1_000, -1, 999, 1_000]) {
      reply(drift)
      expect(offset.offsetMs).toBe(drift)
      expect(offset.brokerNow()).toBe(clock.now())
    }
    reply(1_001)
    expect(offset.brokerNow()).toBe(clock.now() + 1_001)
  })
})
