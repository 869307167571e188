import { expect, test } from 'vitest'
import { FakeClock } from '../../../tests/support/fake-clock.ts'
import { HiddenByBlur } from './hidden-by-blur.ts'

test('the click that took the focus away is told from one that comes later', () => {
  const clock = new FakeClock(1_000_000)
  const hidden = new HiddenByBlur(clock)
  expect(hidden.isSameClick).toBe(false)
  hidden.hide()
  expect(hidden.isSameClick).toBe(true)
  clock.advance(249)
  expect(hidden.isSameClick).toBe(true)
  clock.advance(1)
  expect(hidden.isSameClick).toBe(false)
})

test('a clock that is set back does not make clicks go nowhere', () => {
  const clock = new FakeClock(1_000_000)
  const hidden = new HiddenByBlur(clock)
  hidden.hide()
  clock.advance(-60_000)
  expect(hidden.isSameClick).toBe(false)
})
