import { afterEach, describe, expect, test, vi } from 'vitest'
import { Random } from '../../../tests/support/random.ts'
import { nextIstHour } from './expiry.ts'

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
  })

  test.each([
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
  ])('is the first such moment, on the hour, on a machine in %s', (zone) => {
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
