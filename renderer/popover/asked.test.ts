import { expect, test } from 'vitest'
import { askedWords } from './asked.ts'

test.each([
  [0, 'asked just now'],
  [4_999, 'asked just now'],
  [5_000, 'asked 5 s ago'],
  [59_999, 'asked 59 s ago'],
  [60_000, 'asked 1 min ago'],
  [179_999, 'asked 2 min ago'],
  [-800, 'asked just now'],
])('a code asked for %i ms ago', (ms, words) => {
  expect(askedWords(1_000_000, 1_000_000 + ms)).toBe(words)
})
