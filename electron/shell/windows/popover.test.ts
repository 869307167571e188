import { EventEmitter } from 'node:events'
import type { Rectangle } from 'electron'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { FakeClock } from '../../../tests/support/fake-clock.ts'
import { Popover } from './popover.ts'

/** A window as it is on Wayland: the compositor gives it the keyboard some time after it is shown. */
class FakeWindow extends EventEmitter {
  readonly webContents = Object.assign(new EventEmitter(), {
    isLoading: () => false,
    isDevToolsOpened: () => false,
    getZoomFactor: () => 1,
  })
  #isVisible = false
  #isFocused = false

  isVisible = (): boolean => this.#isVisible
  isFocused = (): boolean => this.#isFocused
  isMinimized = (): boolean => false
  setSize = (): void => undefined
  focus = (): void => undefined
  isFlashing = false
  flashFrame = (on: boolean): void => void (this.isFlashing = on)
  bounds: Rectangle = { x: 0, y: 0, width: 380, height: 600 }
  /** Whether it tells late that being hidden took the keyboard, as on X11. */
  blursLate = false
  isDestroyed = (): boolean => this.wasDestroyed
  wasDestroyed = false

  setBounds(bounds: Rectangle): void {
    this.bounds = bounds
    this.emit('move')
  }

  destroy(): void {
    this.wasDestroyed = true
    this.emit('closed')
  }

  show(): void {
    this.#isVisible = true
    this.emit('show')
  }

  showInactive(): void {
    this.show()
  }

  hide(): void {
    this.#isVisible = false
    if (!this.blursLate) this.blur()
    this.emit('hide')
  }

  gainFocus(): void {
    this.#isFocused = true
    this.emit('focus')
  }

  blur(): void {
    if (!this.#isFocused) return
    this.#isFocused = false
    this.emit('blur')
  }
}

const display = {
  bounds: { x: 0, y: 0, width: 1280, height: 900 },
  workArea: { x: 0, y: 30, width: 1280, height: 870 },
}
const UPPER_RIGHT = { x: 892, y: 38, width: 380, height: 600 }

let window: FakeWindow
vi.mock('./pages.ts', () => ({ createPageWindow: () => window }))
vi.mock('electron', () => ({
  screen: {
    getPrimaryDisplay: () => display,
    getAllDisplays: () => [display],
    getDisplayMatching: () => display,
  },
}))

let clock: FakeClock
let popover: Popover
let isAsking: boolean
let place: Rectangle | null

function make(wayland: boolean): void {
  window = new FakeWindow()
  clock = new FakeClock(1_000_000)
  isAsking = false
  place = null
  popover = new Popover({
    clock,
    wayland,
    iconBounds: () => ({ x: 0, y: 0, width: 0, height: 0 }),
    place: () => place,
    keepPlace: (kept) => void (place = kept),
    isAsking: () => isAsking,
    onVisibility: () => undefined,
  })
}

function showIt(): void {
  popover.show()
  window.webContents.emit('did-finish-load')
  window.gainFocus()
}

beforeEach(() => {
  make(true)
  showIt()
})

test('a new popover is shown in its page’s height, as soon as the page knows it', () => {
  make(false)
  popover.show()
  expect(popover.isVisible).toBe(false)
  popover.fit(432)
  expect(popover.isVisible).toBe(true)
  expect(window.bounds.height).toBe(432)
})

test('a new popover that nobody wants to see is not shown by its height', () => {
  make(false)
  popover.show()
  popover.hide()
  popover.fit(432)
  expect(popover.isVisible).toBe(false)
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

test('the popover stays when it is opened again before it is told that it had lost the keyboard', () => {
  make(false)
  showIt()
  window.blursLate = true
  popover.hide()
  popover.show()
  window.blur()
  expect(popover.isVisible).toBe(true)
  window.gainFocus()
  window.blur()
  expect(popover.isVisible).toBe(false)
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

describe('with a question open', () => {
  test('the popover stays when the keyboard goes elsewhere, and hides after the answer', () => {
    isAsking = true
    window.blur()
    clock.advance(1_000)
    expect(popover.isVisible).toBe(true)
    isAsking = false
    window.gainFocus()
    window.blur()
    clock.advance(200)
    expect(popover.isVisible).toBe(false)
  })

  test('the popover stays too while its page asks whether to remove an account', () => {
    popover.hold(true)
    window.blur()
    clock.advance(1_000)
    expect(popover.isVisible).toBe(true)
  })

  test('a popover that was hidden keeps what was typed until the question is over', () => {
    isAsking = true
    popover.hide()
    clock.advance(60_000)
    expect(window.wasDestroyed).toBe(false)
    isAsking = false
    clock.advance(30_000)
    expect(window.wasDestroyed).toBe(true)
  })

  test('a popover that is shown again stays, also where it was hidden twice', () => {
    popover.hide()
    popover.hide()
    popover.show()
    clock.advance(60_000)
    expect([popover.isVisible, window.wasDestroyed]).toEqual([true, false])
  })

  test('a hidden popover shows without the keyboard and flashes until it is looked at', () => {
    popover.hide()
    popover.ask()
    expect([popover.isVisible, window.isFocused(), window.isFlashing]).toEqual([true, false, true])
    window.gainFocus()
    expect(window.isFlashing).toBe(false)
  })
})

describe('where the icon’s place is unknown', () => {
  beforeEach(() => {
    make(false)
    showIt()
  })

  test('the popover is in the panel’s corner each time', () => {
    expect(window.bounds).toEqual(UPPER_RIGHT)
    popover.hide()
    expect(place).toBeNull()
    showIt()
    expect(window.bounds).toEqual(UPPER_RIGHT)
  })

  test('a popover that gets another height while the system is still mapping it keeps its place', () => {
    window.bounds = { x: 0, y: 0, width: 380, height: 600 }
    popover.fit(500)
    expect(window.bounds).toEqual({ ...UPPER_RIGHT, height: 500 })
  })

  test('the popover comes back to where the user has moved it', () => {
    popover.moveBy(-700, 100)
    popover.moveBy(-92, 62)
    popover.hide()
    showIt()
    expect(window.bounds).toEqual({ x: 100, y: 200, width: 380, height: 600 })
  })
})
