import { expect, test } from 'vitest'
import { isStale, secondsLeft, shareLeft } from './countdown.ts'

test('seconds are counted as a person does', () => {
  expect(secondsLeft(30_000, 0)).toBe(30)
  expect(secondsLeft(30_000, 29_001)).toBe(1)
  expect(secondsLeft(30_000, 30_000)).toBe(0)
  expect(secondsLeft(30_000, 31_000)).toBe(0)
})

test('a code may stand a second past its end while the next is on its way', () => {
  expect(isStale(30_000, 31_000)).toBe(false)
  expect(isStale(30_000, 31_001)).toBe(true)
})

test('the share left stays between 1 and 0', () => {
  expect(shareLeft(15, { startsAt: 0, endsAt: 30_000 })).toBe(0.5)
  expect(shareLeft(31, { startsAt: 0, endsAt: 30_000 })).toBe(1)
  expect(shareLeft(3, { startsAt: 5, endsAt: 5 })).toBe(0)
})
