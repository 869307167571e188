import { describe, expect, test } from 'vitest'
import { exchangeYears } from './holidays.ts'
import { isDay, isWeekend, yearOf } from '../time/ist.ts'
import { calendarNote, isTradingDay, nextTradingDay, sessionOn } from './trading-days.ts'

const own = { extraClosed: [], extraOpen: [] }

describe('a trading day', () => {
  test.each([
    ['2026-11-20', true, 'a Friday'],
    ['2026-11-21', false, 'a Saturday'],
    ['2026-11-22', false, 'a Sunday'],
    ['2026-11-24', false, 'a holiday on a Tuesday'],
    ['2026-01-15', false, 'a holiday that was added later'],
    ['2026-02-01', true, 'the Sunday of the budget'],
    ['2026-11-08', true, 'the Sunday of Muhurat trading'],
    ['2026-12-31', true, 'the last day of a year'],
    ['2027-01-01', true, 'the first day of the next'],
    ['2027-01-26', false, 'a holiday with a fixed date in a year not yet published'],
    ['2031-01-26', false, 'a Sunday of a year that nothing is known of'],
    ['2032-01-26', true, 'a weekday of a year that nothing is known of'],
  ])('%s: %s, being %s', (day, trades) => {
    expect(isTradingDay(day, own)).toBe(trades)
  })

  test('is what the user says, whatever the exchange does', () => {
    const mine = { extraClosed: ['2026-11-20', '2026-11-08'], extraOpen: ['2026-11-21', '2026-11-24'] }
    expect(
      ['2026-11-20', '2026-11-08', '2026-11-21', '2026-11-24'].map((day) => isTradingDay(day, mine)),
    ).toEqual([false, false, true, true])
  })

  test('comes after all closed ones', () => {
    expect(nextTradingDay('2026-11-21', own)).toBe('2026-11-23')
    expect(nextTradingDay('2026-12-25', own)).toBe('2026-12-28')
    expect(nextTradingDay('2026-11-24', { ...own, extraClosed: ['2026-11-25'] })).toBe('2026-11-26')
  })

  test('has the exchange’s hours in India', () => {
    expect(sessionOn('2026-11-20')).toEqual({
      opensAt: Date.parse('2026-11-20T09:15:00+05:30'),
      closesAt: Date.parse('2026-11-20T15:30:00+05:30'),
    })
  })

  test('whose hours are not known lasts to midnight', () => {
    expect(sessionOn('2026-11-08').closesAt).toBe(Date.parse('2026-11-09T00:00:00+05:30'))
  })
})

describe('the data', () => {
  test.each(Object.entries(exchangeYears))(
    'of %s closes weekdays and opens others, each in its year',
    (year, known) => {
      for (const day of Object.keys(known.closed)) {
        expect([day, isDay(day), isWeekend(day), yearOf(day)]).toEqual([day, true, false, Number(year)])
      }
      for (const day of Object.keys(known.special))
        expect([day, isDay(day), yearOf(day)]).toEqual([day, true, Number(year)])
      expect(isDay(known.read)).toBe(true)
    },
  )

  test('has nothing to say of a published year, and says so of others', () => {
    expect(calendarNote(2026)).toBeNull()
    expect(calendarNote(2027)).toContain('doesn’t have all holidays of 2027')
    expect(calendarNote(2031)).toContain('has no holidays of 2031')
  })
})

test.each(['2026-02-30', '2026-13-01', '2026-1-1', 'today', '', '2026-11-21 '])('%j is no day', (text) => {
  expect(isDay(text)).toBe(false)
})
