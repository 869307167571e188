import { describe, expect, test } from 'vitest'
import { groupedCode, istClock, istTime, untilWords } from './words.ts'

const india = (text: string): number => Date.parse(`${text}+05:30`)
const IST = -330

describe('when a token ends, in words', () => {
  const morning = india('2026-11-21T08:15:00')

  test.each([
    ['2026-11-21T15:30:00', 'until 15:30 today'],
    ['2026-11-21T23:59:59', 'until 23:59 today'],
    ['2026-11-22T00:00:00', 'until midnight tonight'],
    ['2026-11-22T06:00:00', 'until 06:00 tomorrow'],
    ['2026-11-23T06:00:00', 'until 06:00 on 23 Nov'],
    ['2027-01-01T06:00:00', 'until 06:00 on 1 Jan'],
    ['2026-11-20T06:00:00', 'until 06:00 on 20 Nov'],
  ])('%s is “%s”', (end, words) => {
    expect(untilWords(india(end), morning, IST)).toBe(words)
  })

  test('days are those of India, also while UTC has another', () => {
    const afterMidnight = india('2026-11-22T00:30:00')
    expect(untilWords(india('2026-11-22T06:00:00'), afterMidnight, IST)).toBe('until 06:00 today')
    const beforeMidnight = india('2026-11-21T23:30:00')
    expect(untilWords(india('2026-11-22T06:00:00'), beforeMidnight, IST)).toBe('until 06:00 tomorrow')
  })

  test.each([0, 300, -60, -345, 480])('the zone is named on a machine %i minutes from UTC', (offset) => {
    expect(untilWords(india('2026-11-22T06:00:00'), morning, offset)).toBe('until 06:00 IST tomorrow')
    expect(untilWords(india('2026-11-21T15:30:00'), morning, offset)).toBe('until 15:30 IST today')
    expect(untilWords(india('2026-11-25T06:00:00'), morning, offset)).toBe('until 06:00 IST on 25 Nov')
  })
})

test('the time of day is India’s', () => {
  expect(istTime(Date.parse('2026-11-21T00:30:00Z'))).toBe('06:00')
  expect(istTime(Date.parse('2026-11-21T18:29:59Z'))).toBe('23:59')
  expect(istTime(Date.parse('2026-11-21T18:30:00Z'))).toBe('00:00')
})

test.each([
  ['2026-11-21T00:00:00', '12:00 am', '12:00:00 am'],
  ['2026-11-21T00:30:05', '12:30 am', '12:30:05 am'],
  ['2026-11-21T06:00:00', '6:00 am', '6:00:00 am'],
  ['2026-11-21T11:59:59', '11:59 am', '11:59:59 am'],
  ['2026-11-21T12:00:00', '12:00 pm', '12:00:00 pm'],
  ['2026-11-21T15:30:07', '3:30 pm', '3:30:07 pm'],
  ['2026-11-21T23:59:59', '11:59 pm', '11:59:59 pm'],
])('on a clock of twelve hours %s is %s', (moment, time, withSeconds) => {
  expect(istTime(india(moment), true)).toBe(time)
  expect(istClock(india(moment), true)).toBe(withSeconds)
})

test('a clock of 24 hours tells the seconds too', () => {
  expect(istClock(india('2026-11-21T06:00:07'))).toBe('06:00:07')
})

test('a token’s end is told on the clock that the user has chosen', () => {
  const now = india('2026-11-21T08:15:00')
  expect(untilWords(india('2026-11-22T06:00:00'), now, IST, true)).toBe('until 6:00 am tomorrow')
  expect(untilWords(india('2026-11-21T15:30:00'), now, 0, true)).toBe('until 3:30 pm IST today')
})

test('a code is read in two groups', () => {
  expect(groupedCode('012345')).toBe('012 345')
  expect(groupedCode('01234567')).toBe('0123 4567')
})
