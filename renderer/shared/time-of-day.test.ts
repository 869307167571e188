import { expect, test } from 'vitest'
import { readTimeOfDay, timeOfDayWords } from './time-of-day.ts'

test.each([
  ['08:15', '08:15'],
  ['8:15', '08:15'],
  ['8.15', '08:15'],
  [' 8:15 am ', '08:15'],
  ['8:15PM', '20:15'],
  ['12:00 am', '00:00'],
  ['12:30 pm', '12:30'],
  ['23:59', '23:59'],
  ['0:00', '00:00'],
])('“%s” is read as %s', (typed, time) => {
  expect(readTimeOfDay(typed)).toBe(time)
})

test.each(['', '8', '8:1', '815', '24:00', '8:60', '13:00 pm', '0:15 am', '8:15 x', 'noon'])(
  '“%s” is no time of day',
  (typed) => {
    expect(readTimeOfDay(typed)).toBe(null)
  },
)

test.each([
  ['00:05', '12:05 am'],
  ['08:15', '8:15 am'],
  ['12:00', '12:00 pm'],
  ['20:15', '8:15 pm'],
])('%s is told as itself or as %s, and read again as what it was', (at, words) => {
  expect(timeOfDayWords(at, false)).toBe(at)
  expect(timeOfDayWords(at, true)).toBe(words)
  expect(readTimeOfDay(words)).toBe(at)
})
