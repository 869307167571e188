import { afterEach, describe, expect, test, vi } from 'vitest'
import { Random } from '../../../tests/support/random.ts'
import { Secret } from '../secret.ts'
import { earliest, endOfIstDay, istMoment, jwtExpiry, nextIstHour } from './expiry.ts'
import { EXPIRING_MS, freshness, type TokenRecord } from '../state/freshness.ts'

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

const wallClockOfIndia = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Kolkata',
  dateStyle: 'short',
  timeStyle: 'medium',
  hourCycle: 'h23',
})

/** `2026-11-22 06:00:00.000` in India, from the system's own time zone tables. */
function inIndia(time: number): string {
  const seconds = wallClockOfIndia.format(time).replace(',', '')
  return `${seconds}.${String(((time % 1000) + 1000) % 1000).padStart(3, '0')}`
}

/** With half and three-quarter hours, both sides of the date line, and daylight saving in both hemispheres. */
const zones = [
  'Asia/Kolkata',
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Caracas',
  'Asia/Dubai',
  'Asia/Kathmandu',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Asia/Tehran',
  'Australia/Adelaide',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
]

const canonicalZone = (timeZone?: string): string =>
  new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('the next time it is some hour in India', () => {
  test.each([
    [
      'a login in the morning ends the next morning',
      '2026-11-21T08:15:05+05:30',
      '2026-11-22T06:00:00+05:30',
    ],
    ['a login at night ends the same morning', '2026-11-21T02:00:00+05:30', '2026-11-21T06:00:00+05:30'],
    ['a moment before the boundary', '2026-11-21T05:59:59.999+05:30', '2026-11-21T06:00:00+05:30'],
    ['on the boundary itself', '2026-11-21T06:00:00+05:30', '2026-11-22T06:00:00+05:30'],
    ['a moment after the boundary', '2026-11-21T06:00:00.001+05:30', '2026-11-22T06:00:00+05:30'],
    ['before midnight', '2026-11-21T23:59:59+05:30', '2026-11-22T06:00:00+05:30'],
    ['between UTC’s midnight and India’s', '2026-11-21T20:00:00Z', '2026-11-22T00:30:00Z'],
    ['into a leap day', '2028-02-28T10:00:00+05:30', '2028-02-29T06:00:00+05:30'],
    ['out of a leap day', '2028-02-29T10:00:00+05:30', '2028-03-01T06:00:00+05:30'],
    ['in a year without one', '2027-02-28T10:00:00+05:30', '2027-03-01T06:00:00+05:30'],
    ['over the end of the year', '2026-12-31T18:00:00+05:30', '2027-01-01T06:00:00+05:30'],
  ])('%s', (_what, issued, end) => {
    expect(new Date(nextIstHour(Date.parse(issued), 6)).toISOString()).toBe(new Date(end).toISOString())
  })

  test('knows midnight and half past three alike', () => {
    const issued = Date.parse('2026-11-21T23:30:00+05:30')
    expect(inIndia(nextIstHour(issued, 0))).toBe('2026-11-22 00:00:00.000')
    expect(inIndia(nextIstHour(issued, 3.5))).toBe('2026-11-22 03:30:00.000')
    expect(inIndia(endOfIstDay(issued))).toBe('2026-11-22 00:00:00.000')
  })

  test.each(zones)('is the first such moment, on the hour, on a machine in %s', (zone) => {
    vi.stubEnv('TZ', zone)
    // The machine is in that zone indeed; older names such as Asia/Calcutta count.
    expect(canonicalZone()).toBe(canonicalZone(zone))
    const random = new Random(zone.length)
    for (let round = 0; round < 150; round++) {
      const issued = random.between(Date.UTC(2000, 0), Date.UTC(2100, 0))
      const hour = random.between(0, 23)
      const end = nextIstHour(issued, hour)
      expect(inIndia(end)).toMatch(new RegExp(` ${String(hour).padStart(2, '0')}:00:00\\.000$`))
      expect(end).toBeGreaterThan(issued)
      expect(end - issued).toBeLessThanOrEqual(DAY_MS)
    }
  })
})

describe('a token on a machine that travels', () => {
  test('is as fresh as it was, whatever zone the machine is set to during the day', () => {
    const random = new Random(20)
    for (let round = 0; round < 2_000; round++) {
      const issuedAt = random.between(Date.UTC(2020, 0), Date.UTC(2040, 0))
      const expiresAt =
        [nextIstHour(issuedAt, 6), endOfIstDay(issuedAt), issuedAt + DAY_MS, null][round % 4] ?? null
      const token: TokenRecord = { issuedAt, expiresAt, seen: 'accepted' }
      const now = issuedAt + random.between(0, 30 * HOUR_MS)
      const seen = new Set(
        [0, 1, 2].map(() => {
          vi.stubEnv('TZ', zones[random.between(0, zones.length - 1)])
          return freshness(token, now)
        }),
      )
      const ofToday = now < nextIstHour(issuedAt, 6)
      const withEnd = (end: number): string =>
        now < end - EXPIRING_MS ? 'fresh' : now < end ? 'expiring' : 'expired'
      const expected = expiresAt === null ? (ofToday ? 'fresh' : 'unverified') : withEnd(expiresAt)
      expect([...seen]).toEqual([expected])
    }
  })

  test('ends at the same moment whether daylight saving begins, ends or never was', () => {
    for (const [zone, night] of [
      ['Europe/London', '2027-03-28T00:30:00Z'],
      ['America/New_York', '2026-11-01T05:30:00Z'],
      ['Australia/Lord_Howe', '2026-10-03T15:15:00Z'],
    ] as const) {
      const issued = Date.parse(night)
      vi.stubEnv('TZ', zone)
      const there = nextIstHour(issued, 6)
      vi.stubEnv('TZ', 'Asia/Kolkata')
      expect(there).toBe(nextIstHour(issued, 6))
      expect(inIndia(there)).toMatch(/ 06:00:00\.000$/)
    }
  })
})

describe('the end that a JSON Web Token names', () => {
  const jwt = (payload: string): Secret =>
    new Secret(`e30.${Buffer.from(payload).toString('base64url')}.c2lnbmF0dXJl`)

  // The example of https://www.rfc-editor.org/rfc/rfc7519#section-3.1
  test('is its exp claim, in seconds', () => {
    const example =
      'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt' +
      'cGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
    expect(jwtExpiry(new Secret(example))).toBe(1_300_819_380_000)
    expect(jwtExpiry(jwt('{"exp":1795228200.5}'))).toBe(1_795_228_200_500)
  })

  test.each([
    ['has no dots', new Secret('opaque')],
    ['is empty', new Secret('')],
    ['is no JSON', jwt('exp=1')],
    ['names none', jwt('{"iat":1}')],
    ['names words', jwt('{"exp":"tomorrow"}')],
    ['is a list', jwt('[1]')],
  ])('is not known when the token %s', (_what, token) => {
    expect(jwtExpiry(token)).toBe(null)
  })

  test('is the earlier one where a token holds another', () => {
    const nested = (outer: number, inner: number): Secret =>
      jwt(JSON.stringify({ exp: outer, token: jwt(`{"exp":${inner}}`).reveal() }))
    expect(jwtExpiry(nested(2_000_000_000, 1_795_228_200))).toBe(1_795_228_200_000)
    expect(jwtExpiry(nested(1_795_228_200, 2_000_000_000))).toBe(1_795_228_200_000)
    expect(jwtExpiry(jwt('{"exp":1795228200,"token":"opaque"}'))).toBe(1_795_228_200_000)
    expect(jwtExpiry(jwt(JSON.stringify({ token: jwt('{"exp":1795228200}').reveal() })))).toBe(
      1_795_228_200_000,
    )
  })
})

test('the earliest of several times is the earliest that is known', () => {
  expect(earliest(3, null, 2)).toBe(2)
  expect(earliest(3, null)).toBe(3)
  expect(earliest(null, null)).toBe(null)
})

test.each([
  ['2025-09-23T12:37:23', '2025-09-23T07:07:23.000Z'],
  ['2025-09-23 12:37:23.5', '2025-09-23T07:07:23.500Z'],
  ['2025-09-23T12:37:23Z', '2025-09-23T12:37:23.000Z'],
  ['2025-09-23T12:37:23+05:30', '2025-09-23T07:07:23.000Z'],
  ['2025-13-23T12:37:23', null],
  ['23/09/2025 12:37', null],
  ['', null],
])('a broker’s time %j is India’s unless it says otherwise', (text, iso) => {
  const moment = istMoment(text)
  expect(moment === null ? null : new Date(moment).toISOString()).toBe(iso)
})
