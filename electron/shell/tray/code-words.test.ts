import { expect, test } from 'vitest'
import { codesEndAt, endWords, secondsWords } from './code-words.ts'

const at = (time: string): number => Date.parse(`2025-11-12T${time}+05:30`)

test.each([
  ['08:51:00', 0, '30 s', 'new at 08:51:30'],
  ['08:51:12', 0, '18 s', 'new at 08:51:30'],
  ['08:51:29.999', 0, '1 s', 'new at 08:51:30'],
  ['08:51:30', 0, '30 s', 'new at 08:52:00'],
  // A machine that is 20 s behind already shows the code of the next window.
  ['08:51:12', 20_000, '28 s', 'new at 08:51:40'],
  ['08:51:12', -20_000, '8 s', 'new at 08:51:20'],
])('at %s, corrected by %i ms, a code has %s and is %s', (time, correctionMs, seconds, end) => {
  const endsAt = codesEndAt(at(time), correctionMs)
  expect(secondsWords(endsAt, at(time))).toBe(seconds)
  expect(endWords(endsAt, false)).toBe(end)
})

test('the end of a code is told in twelve hours where the user wants it so', () => {
  expect(endWords(at('20:51:30'), true)).toBe('new at 8:51:30 pm')
})
