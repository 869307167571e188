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
    offset.observe('https://broker.example', sentAt + roundTrip / 2 + drift - 500, sentAt, clock.now())
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
    offset.observe('https://broker.example', clock.now(), clock.now(), clock.now() - 1)
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

describe('the time at a host', () => {
  const HOST = 'https://broker.example'
  /** A host whose clock is exactly `ahead` of ours, with replies that take `roundTrip` ms. */
  function host(ahead: number) {
    const parts = clocks()
    const reply = (roundTrip: number, writtenAfter = roundTrip / 2): void => {
      const sentAt = parts.clock.now()
      parts.pass(writtenAfter)
      const date = Math.floor((parts.clock.now() + ahead) / 1000) * 1000
      parts.pass(roundTrip - writtenAfter)
      parts.offset.observe(HOST, date, sentAt, parts.clock.now())
    }
    const error = (): number => {
      const time = parts.offset.at(HOST)
      return time === null ? Infinity : Math.abs(time.now - parts.clock.now() - ahead)
    }
    return { ...parts, reply, error }
  }

  test.each([-90_400, -250, 0, 333, 999, 90_700])('is within what it says it is, %i ms ahead', (ahead) => {
    const { error, offset, pass, reply } = host(ahead)
    for (const roundTrip of [40, 300, 1_200, 20]) {
      reply(roundTrip)
      expect(error()).toBeLessThanOrEqual(offset.at(HOST)?.uncertaintyMs ?? 0)
      pass(410)
    }
  })

  test('is known to half a second and half a round trip after one reply, and better after several', () => {
    const { offset, pass, reply } = host(90_000)
    reply(100)
    expect(offset.at(HOST)?.uncertaintyMs).toBe(550)
    for (const later of [130, 370, 770]) {
      pass(later)
      reply(100)
    }
    expect(offset.at(HOST)?.uncertaintyMs).toBeLessThan(400)
  })

  test('is begun anew where a reply contradicts what was known', () => {
    const { clock, offset, pass, reply } = host(0)
    reply(10)
    pass(1_000)
    offset.observe(HOST, clock.now() + 60_000, clock.now(), clock.now())
    expect(offset.at(HOST)).toEqual({ now: clock.now() + 60_500, uncertaintyMs: 500 })
  })

  test('is no other host’s', () => {
    const { offset, reply } = host(90_000)
    reply(10)
    expect(offset.at('https://other.example')).toBe(null)
  })

  test('is right also when the wall clock is trimmed, and not known when it is set', () => {
    const { clock, offset, reply, setWallClock } = host(0)
    reply(10)
    const before = offset.at(HOST)
    setWallClock(1_500)
    expect(offset.at(HOST)).toEqual(before)
    expect(clock.now() - (before?.now ?? 0)).toBeGreaterThan(900)
    setWallClock(1_000)
    expect(offset.at(HOST)).toBe(null)
  })
})
