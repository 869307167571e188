import { describe, expect, test } from 'vitest'
import { besideCursor, fitHeight, hangingPoint, withHeight } from './popover-place.ts'

/** A screen with a panel of 40 pixels above. */
const screen = { x: 0, y: 40, width: 1920, height: 1040 }

describe('the popover on the screen', () => {
  test('hangs below the cursor, centred', () => {
    expect(besideCursor(500, { x: 1000, y: 20 }, screen)).toEqual({ x: 810, y: 48, width: 380, height: 500 })
  })

  test('hangs from the tray icon where the system tells its place, whatever the cursor points at', () => {
    const cursor = { x: 3, y: 900 }
    expect(hangingPoint({ x: 0, y: 0, width: 0, height: 0 }, cursor)).toBe(cursor)
    // A menu bar above, as macOS has it.
    const mac = { x: 0, y: 25, width: 1440, height: 875 }
    const icon = { x: 1200, y: 0, width: 24, height: 24 }
    expect(besideCursor(500, hangingPoint(icon, cursor), mac)).toMatchObject({ x: 1022, y: 33 })
    // A taskbar below, as Windows has it.
    const windows = { x: 0, y: 0, width: 1920, height: 1032 }
    const low = { x: 1700, y: 1040, width: 24, height: 32 }
    expect(besideCursor(500, hangingPoint(low, cursor), windows)).toMatchObject({ x: 1522, y: 524 })
  })

  test('stays whole in every corner', () => {
    expect(besideCursor(500, { x: 1915, y: 20 }, screen)).toMatchObject({ x: 1532, y: 48 })
    expect(besideCursor(500, { x: 0, y: 1075 }, screen)).toMatchObject({ x: 8, y: 572 })
    const second = { x: -1280, y: 0, width: 1280, height: 800 }
    expect(besideCursor(500, { x: -10, y: 790 }, second)).toMatchObject({ x: -388, y: 292 })
  })

  test('is never higher than the screen, nor too small to be seen', () => {
    expect(fitHeight(5_000, screen)).toBe(1024)
    expect(fitHeight(3, screen)).toBe(200)
    expect(fitHeight(412.4, screen)).toBe(412)
  })
})

describe('a popover whose content grows or shrinks', () => {
  const high = { x: 810, y: 48, width: 380, height: 300 }
  const low = { x: 810, y: 772, width: 380, height: 300 }

  test('keeps its upper edge when it hangs from a panel above', () => {
    expect(withHeight(high, 600, screen)).toEqual({ ...high, height: 600 })
    expect(withHeight(high, 250, screen)).toEqual({ ...high, height: 250 })
  })

  test('keeps its lower edge when it stands on a panel below', () => {
    expect(withHeight(low, 600, screen)).toEqual({ ...low, y: 472, height: 600 })
    expect(withHeight(low, 250, screen)).toEqual({ ...low, y: 822, height: 250 })
  })

  test('moves as far as it must to stay whole', () => {
    expect(withHeight({ ...high, y: 350 }, 900, screen)).toMatchObject({ y: 172, height: 900 })
    expect(withHeight(low, 3_000, screen)).toMatchObject({ y: 48, height: 1024 })
  })
})
