import { expect, test } from 'vitest'
import { askedWords, leftWords } from './asked.ts'

test.each([
  [0, 'Asked just now.'],
  [4_999, 'Asked just now.'],
  [5_000, 'Asked 5 s ago.'],
  [59_999, 'Asked 59 s ago.'],
  [60_000, 'Asked 1 min ago.'],
  [179_999, 'Asked 2 min ago.'],
  [-800, 'Asked just now.'],
])('a code asked for %i ms ago', (ms, words) => {
  expect(askedWords(1_000_000, 1_000_000 + ms)).toBe(words)
})

test.each([
  [300_000, '5:00 left'],
  [299_001, '5:00 left'],
  [280_000, '4:40 left'],
  [9_000, '0:09 left'],
  [0, '0:00 left'],
  [-5_000, '0:00 left'],
])('a login that waits %i ms longer', (ms, words) => {
  expect(leftWords(1_000_000, 1_000_000 - ms)).toBe(words)
})
