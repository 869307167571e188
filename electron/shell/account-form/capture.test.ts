import { expect, test } from 'vitest'
import { Capture } from './capture.ts'

class FakeWindow {
  hidden: boolean | null = null

  setContentProtection(enable: boolean): void {
    this.hidden = enable
  }
}

test('every window is hidden from recorders, those that are open and those to come', () => {
  const open = new FakeWindow()
  const capture = new Capture(() => [open])
  capture.hide(true)
  const later = new FakeWindow()
  capture.opened(later)
  expect([open.hidden, later.hidden]).toEqual([true, true])
  capture.hide(false)
  expect(open.hidden).toBe(false)
})

test('nothing is asked of a window for a setting that stays as it is', () => {
  const open = new FakeWindow()
  const capture = new Capture(() => [open])
  capture.hide(false)
  expect(open.hidden).toBe(null)
})
