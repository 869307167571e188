import { describe, expect, test } from 'vitest'
import { registry } from '../brokers/registry.ts'
import { endOfIstDay, nextIstHour } from '../time/expiry.ts'
import { earliestTime, JITTER_MS, dueAt } from './run-time.ts'

const day = '2026-11-20'
const ist = (time: string): number => Date.parse(`${day}T${time}+05:30`)
const account = { name: 'main', settings: { user_id: 'AB1234' } }
const six = { expiresAt: (issuedAt: number) => nextIstHour(issuedAt, 6) }

describe('a login is due', () => {
  test('up to two minutes after the time in the settings, and no later', () => {
    const dueTimes = Array.from({ length: 1000 }, (_, index) =>
      dueAt(day, '08:15', { name: 'main', settings: { user_id: `AB${index}` } }, six, true),
    )
    expect(Math.min(...dueTimes)).toBeGreaterThanOrEqual(ist('08:15:00'))
    expect(Math.max(...dueTimes)).toBeLessThanOrEqual(ist('08:17:00'))
    // The logins of a thousand traders are spread over the seconds.
    const perSecond = new Map<number, number>()
    for (const due of dueTimes) {
      const second = Math.floor(due / 1000)
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1)
    }
    expect(perSecond.size).toBeGreaterThan(100)
    expect(Math.max(...perSecond.values())).toBeLessThan(30)
  })

  test('at the same moment however often is asked, and at another the next day', () => {
    const dueOn = (on: string): number => dueAt(on, '08:15', account, six, true)
    expect(dueOn(day)).toBe(dueOn(day))
    expect(dueOn('2026-11-23') - dueOn(day)).not.toBe(3 * 24 * 60 * 60_000)
  })

  test('on the minute where nothing is sent', () => {
    expect(dueAt(day, '08:15', account, six, false)).toBe(ist('08:15:00'))
  })
})

describe('no login is due before its broker ends the tokens of the day before', () => {
  const dueOn = (time: string, expiresAt: (issuedAt: number) => number | null): number =>
    dueAt(day, time, account, { expiresAt }, false)

  test.each([
    ['05:00', '06:00:00'],
    ['05:59', '06:00:00'],
    ['06:00', '06:00:00'],
    ['06:01', '06:01:00'],
    ['00:00', '06:00:00'],
  ])('%s becomes %s where that is at six', (wanted, due) => {
    expect(dueOn(wanted, six.expiresAt)).toBe(ist(due))
  })

  test('nor before six where the hour is not known', () => {
    expect(dueOn('05:00', () => null)).toBe(ist('06:00:00'))
  })

  test('while one that ends tokens at midnight, or after a time of their own, has no such hour', () => {
    expect(dueOn('00:05', endOfIstDay)).toBe(ist('00:05:00'))
    expect(dueOn('05:00', (issuedAt) => issuedAt + 60 * 60_000)).toBe(ist('05:00:00'))
    expect(dueOn('05:00', (issuedAt) => issuedAt + 24 * 60 * 60_000)).toBe(ist('05:00:00'))
  })

  test.each([
    ['06:00', six.expiresAt],
    ['03:30', (issuedAt: number) => nextIstHour(issuedAt, 3.5)],
    ['06:00', () => null],
    [null, endOfIstDay],
  ])('which is %s to those who ask', (time, expiresAt) => {
    expect(earliestTime({ expiresAt }, day)).toBe(time)
  })

  test('nor earlier than the jitter after that hour', () => {
    const due = dueAt(day, '05:00', account, six, true)
    expect(due).toBeGreaterThanOrEqual(ist('06:00:00'))
    expect(due).toBeLessThanOrEqual(ist('06:00:00') + JITTER_MS)
  })

  test.each([...registry.values()].map((broker) => [broker.id, broker] as const))(
    'at %s, whose token of the slot then lasts the trading day',
    (_id, broker) => {
      const due = dueAt(day, '00:01', account, broker, false)
      const ends = broker.expiresAt(due, {})
      if (ends !== null) expect(ends).toBeGreaterThanOrEqual(ist('15:30:00'))
      expect(due).toBe(ist(`${earliestTime(broker, day) ?? '00:01'}:00`))
    },
  )
})
