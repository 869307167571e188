import { EventEmitter } from 'node:events'
import { beforeEach, expect, test, vi } from 'vitest'
import { FakeClock } from '../../../tests/support/fake-clock.ts'
import { Popover } from './popover.ts'

/** A window as it is on Wayland: the compositor gives it the keyboard some time after it is shown. */
class FakeWindow extends EventEmitter {
  readonly webContents = Object.assign(new EventEmitter(), {
    isLoading: () => false,
    isDevToolsOpened: () => false,
  })
  #isVisible = false
  #isFocused = false

  isVisible = (): boolean => this.#isVisible
  isFocused = (): boolean => this.#isFocused
  isMinimized = (): boolean => false
  isDestroyed = (): boolean => false
  setSize = (): void => undefined
  focus = (): void => undefined

  show(): void {
    this.#isVisible = true
    this.emit('show')
  }

  hide(): void {
    this.#isVisible = false
    this.blur()
    this.emit('hide')
  }

  gainFocus(): void {
    this.#isFocused = true
  }

  blur(): void {
    if (!this.#isFocused) return
    this.#isFocused = false
    this.emit('blur')
  }
}

let window: FakeWindow
vi.mock('./pages.ts', () => ({ createPageWindow: () => window }))
vi.mock('electron', () => ({
  screen: { getPrimaryDisplay: () => ({ workArea: { x: 0, y: 0, width: 1280, height: 900 } }) },
}))

let clock: FakeClock
let popover: Popover
beforeEach(() => {
  window = new FakeWindow()
  clock = new FakeClock(1_000_000)
  popover = new Popover({
    clock,
    wayland: true,
    iconBounds: () => ({ x: 0, y: 0, width: 0, height: 0 }),
    onVisibility: () => undefined,
  })
  popover.show()
  window.webContents.emit('did-finish-load')
  window.gainFocus()
})

test('the popover hides when the keyboard has gone elsewhere', () => {
  window.blur()
  clock.advance(199)
  expect(popover.isVisible).toBe(true)
  clock.advance(1)
  expect(popover.isVisible).toBe(false)
})

test('the popover stays when the keyboard comes back at once', () => {
  window.blur()
  clock.advance(100)
  window.gainFocus()
  clock.advance(1_000)
  expect(popover.isVisible).toBe(true)
})

test('the popover stays when it is opened again at once, before it has the keyboard', () => {
  popover.hide()
  clock.advance(199)
  popover.show()
  clock.advance(1_000)
  expect(popover.isVisible).toBe(true)
})

test('no blur but the last one hides the popover', () => {
  window.blur()
  clock.advance(50)
  window.gainFocus()
  popover.hide()
  clock.advance(140)
  popover.show()
  clock.advance(1_000)
  expect(popover.isVisible).toBe(true)
})
