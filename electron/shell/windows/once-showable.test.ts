import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { FakeClock } from '../../../tests/support/fake-clock.ts'
import { onceShowable } from './once-showable.ts'

class FakeWindow extends EventEmitter {
  readonly webContents = new EventEmitter()
  destroyed = false
  isDestroyed = (): boolean => this.destroyed
}

function parts() {
  const window = new FakeWindow()
  const clock = new FakeClock(0)
  let shown = 0
  const now = onceShowable(window, clock, () => shown++)
  return { window, clock, now, shown: () => shown }
}

test('a window is shown when it is painted', () => {
  const { window, shown } = parts()
  expect(shown()).toBe(0)
  window.emit('ready-to-show')
  expect(shown()).toBe(1)
})

test('a window is shown when its page is loaded, also where it is never told to be painted', () => {
  const { window, shown } = parts()
  window.webContents.emit('did-finish-load')
  expect(shown()).toBe(1)
})

test('a window is shown within a second, also where its page never comes', () => {
  const { clock, shown } = parts()
  clock.advance(999)
  expect(shown()).toBe(0)
  clock.advance(1)
  expect(shown()).toBe(1)
})

test('a window is shown when its page says that it has content', () => {
  const { now, shown } = parts()
  now()
  expect(shown()).toBe(1)
})

test('a window is shown once, whatever comes later', () => {
  const { window, clock, now, shown } = parts()
  window.webContents.emit('did-finish-load')
  window.emit('ready-to-show')
  now()
  clock.advance(10_000)
  expect(shown()).toBe(1)
})

test('a window that is gone is not shown', () => {
  const { window, clock, shown } = parts()
  window.destroyed = true
  clock.advance(10_000)
  expect(shown()).toBe(0)
})
