import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { morning } from '../../../../tests/support/harness.ts'
import { Random } from '../../../../tests/support/random.ts'
import { problemKinds } from '../../../contract/state.ts'
import { LoginError } from '../../errors.ts'
import type { HttpReply } from '../../ports.ts'
import { assertCool, coolDownAfter, coolDownLeft, DEFAULT_COOL_DOWN_MS } from './cool-down.ts'

const DAY_MS = 24 * 60 * 60_000

const reply = (status: number, headers: Readonly<Record<string, string>> = {}): HttpReply => ({
  status,
  headers: new Headers(headers),
  body: '',
})
const down = new LoginError('broker-down')
const limited = new LoginError('rate-limited')

describe('a broker is left alone', () => {
  test.each([
    ['1', 1_000],
    ['30', 30_000],
    [' 120 ', 120_000],
    ['86400', DAY_MS],
  ])('for the seconds its reply asks for: “%s”', (seconds, ms) => {
    expect(coolDownAfter(down, reply(503, { 'retry-after': seconds }))).toBe(ms)
    expect(coolDownAfter(limited, reply(429, { 'retry-after': seconds }))).toBe(ms)
  })

  test.each(['86401', '999999999', '99999999999', '9'.repeat(30)])(
    'for no longer than a day, whatever it asks for: “%s”',
    (seconds) => {
      expect(coolDownAfter(limited, reply(429, { 'retry-after': seconds }))).toBe(DAY_MS)
    },
  )

  test.each([
    'Sat, 21 Nov 2026 02:45:05 GMT',
    'Thu, 01 Jan 1998 00:00:00 GMT',
    'Tue, 01 Jan 2097 00:00:00 GMT',
  ])('until the date it names, by its own clock, which says %s', (date) => {
    const later = new Date(Date.parse(date) + 90_000).toUTCString()
    expect(coolDownAfter(down, reply(503, { date, 'retry-after': later }))).toBe(90_000)
  })

  test('for no longer than a day when it names a date', () => {
    const headers = { date: 'Sat, 21 Nov 2026 02:45:05 GMT', 'retry-after': 'Sun, 21 Nov 2027 02:45:05 GMT' }
    expect(coolDownAfter(down, reply(503, headers))).toBe(DAY_MS)
  })

  test('for two minutes when it says no more than “too many requests”', () => {
    expect(DEFAULT_COOL_DOWN_MS).toBe(120_000)
    expect(coolDownAfter(limited, reply(429))).toBe(120_000)
    expect(coolDownAfter(limited, reply(200))).toBe(120_000)
  })

  test('for as long as its words ask for, when its reply asks for less or for nothing', () => {
    const error = new LoginError('rate-limited', { coolDownMs: 600_000 })
    expect(coolDownAfter(error, reply(429))).toBe(600_000)
    expect(coolDownAfter(error, reply(200))).toBe(600_000)
    expect(coolDownAfter(error, reply(429, { 'retry-after': '30' }))).toBe(600_000)
    expect(coolDownAfter(error, reply(429, { 'retry-after': '900' }))).toBe(900_000)
  })

  test('for no longer than a day when its words ask for more', () => {
    expect(coolDownAfter(new LoginError('broker-down', { coolDownMs: 3 * DAY_MS }), reply(503))).toBe(DAY_MS)
  })

  test('for as long as its reply asks for, whatever the trouble was', () => {
    for (const kind of problemKinds)
      expect(coolDownAfter(new LoginError(kind), reply(403, { 'retry-after': '30' }))).toBe(30_000)
  })
})

describe('a broker is not left alone', () => {
  test.each(problemKinds.filter((kind) => kind !== 'rate-limited'))(
    'after %s without a word of it',
    (kind) => {
      expect(coolDownAfter(new LoginError(kind), reply(503))).toBe(0)
    },
  )

  test.each([
    '',
    'soon',
    '-30',
    '-5',
    '1.5',
    '60.5',
    '1e3',
    '30 s',
    '0x20',
    'in 5',
    '2026-11-21T02:46:35Z',
    'Sat Nov 21 02:46:35 2026',
    'Sat, 31 Foo 2026 02:46:35 GMT',
    'Sat, 21 Nov 2026 02:43:35 GMT',
  ])('for what is no wait: “%s”', (value) => {
    const headers = { date: 'Sat, 21 Nov 2026 02:45:05 GMT', 'retry-after': value }
    expect(coolDownAfter(down, reply(503, headers))).toBe(0)
    expect(coolDownAfter(limited, reply(429, headers))).toBe(DEFAULT_COOL_DOWN_MS)
  })

  test.each([{}, { date: 'yesterday' }])('until a date when it does not say what time it is: %o', (date) => {
    const headers = { ...date, 'retry-after': 'Sat, 21 Nov 2026 02:46:35 GMT' }
    expect(coolDownAfter(down, reply(503, headers))).toBe(0)
  })

  test('for what comes with a reply that is no refusal', () => {
    expect(coolDownAfter(down, reply(302, { 'retry-after': '30' }))).toBe(0)
  })
})

describe('what is left of a pause', () => {
  test('grows less and comes to an end', () => {
    const until = morning + 30_000
    expect(coolDownLeft(until, morning)).toBe(30_000)
    expect(coolDownLeft(until, morning + 29_000)).toBe(1_000)
    expect(coolDownLeft(until, until)).toBe(0)
    expect(coolDownLeft(until, until + 1)).toBe(0)
  })

  test('is nothing when there was none', () => {
    expect(coolDownLeft(null, morning)).toBe(0)
  })

  test('is nothing for who has waited with a timer that came a moment early', () => {
    expect(coolDownLeft(morning, morning - 2)).toBe(0)
    expect(coolDownLeft(morning, morning - 1_000)).toBe(1_000)
  })

  test('is a whole day, also when the clock is set right by a moment', () => {
    expect(coolDownLeft(morning + DAY_MS, morning)).toBe(DAY_MS)
    expect(coolDownLeft(morning + DAY_MS, morning - 20)).toBe(DAY_MS + 20)
  })

  test('is nothing when the clock was far ahead as it began', () => {
    expect(coolDownLeft(morning + 400 * DAY_MS, morning)).toBe(0)
    expect(coolDownLeft(morning + 30_000, morning - DAY_MS)).toBe(0)
  })
})

describe('a login in a pause', () => {
  const refusal = (until: number, now: number): Promise<LoginError> =>
    loginFailure(Promise.resolve().then(() => assertCool({ coolDownUntil: until }, 'Kotak Neo', now)))

  test('is refused with the time in India at which it is over', async () => {
    const error = await refusal(morning + 30_000, morning)
    expect(error.kind).toBe('rate-limited')
    expect(error.retrySafe).toBe(false)
    expect(error.message).toMatch(/^Kotak wants a pause: .* until 08:16 IST today\./)
  })

  test.each([
    [Date.UTC(2026, 10, 21, 2, 47, 0, 0), '08:17 IST today'],
    [Date.UTC(2026, 10, 21, 2, 47, 0, 1), '08:18 IST today'],
    [Date.UTC(2026, 10, 21, 18, 29, 30), '00:00 IST tomorrow'],
  ])('that ends at %i is told of no earlier minute: %s', async (until, time) => {
    expect((await refusal(until, until - 60_000)).message).toContain(`until ${time}`)
  })

  test('is never told of a time before the end, nor of one a minute after it', async () => {
    const random = new Random(21)
    for (let round = 0; round < 300; round++) {
      const until = morning + random.between(0, DAY_MS)
      const { message } = await refusal(until, until - random.between(100, 60 * 60_000))
      const [, hours, minutes] = /until (\d\d):(\d\d) IST/.exec(message) ?? []
      const named = (Number(hours) * 60 + Number(minutes) - 5.5 * 60) * 60_000
      const late = (((named - until) % DAY_MS) + DAY_MS) % DAY_MS
      expect(late).toBeLessThan(60_000)
    }
  })

  test.each([null, morning, morning - 1, morning + 2 * DAY_MS])(
    'that is over (%s) goes on',
    (coolDownUntil) => {
      expect(() => assertCool({ coolDownUntil }, 'Kotak Neo', morning)).not.toThrow()
    },
  )
})
