import { describe, expect, test } from 'vitest'
import { besideIcon, besidePanel, fitHeight, panelScreen, whereLeft, withHeight } from './popover-place.ts'

const rectangle = (x: number, y: number, width: number, height: number) => ({ x, y, width, height })

const bounds = rectangle(0, 0, 1920, 1080)
const workArea = rectangle(0, 40, 1920, 1040)

describe('the popover beside the tray icon', () => {
  test('hangs centred below a menu bar, as macOS has it', () => {
    const mac = { bounds: rectangle(0, 0, 1440, 900), workArea: rectangle(0, 25, 1440, 875) }
    expect(besideIcon(500, rectangle(1200, 0, 24, 24), mac)).toEqual(rectangle(1022, 33, 380, 500))
  })

  // One screen of 1920 × 1080 pixels at 100, 125, 150 and 200 %: Electron counts in device-independent pixels.
  test.each([
    [100, rectangle(0, 0, 1920, 1080), 48, rectangle(1700, 1040, 24, 32), rectangle(1522, 524, 380, 500)],
    [125, rectangle(0, 0, 1536, 864), 38, rectangle(1360, 832, 19, 26), rectangle(1148, 318, 380, 500)],
    [150, rectangle(0, 0, 1280, 720), 32, rectangle(1133, 693, 16, 21), rectangle(892, 180, 380, 500)],
    [200, rectangle(0, 0, 960, 540), 24, rectangle(850, 520, 12, 16), rectangle(572, 8, 380, 500)],
  ])('stands centred on a taskbar below, as Windows has it, at %i %%', (_scale, screen, bar, icon, place) => {
    const { x, y, width, height } = screen
    expect(besideIcon(500, icon, { bounds: screen, workArea: rectangle(x, y, width, height - bar) })).toEqual(
      place,
    )
  })

  test('does not cover an icon that is folded away above the taskbar', () => {
    const icon = rectangle(1700, 960, 24, 24)
    expect(besideIcon(500, icon, { bounds, workArea: rectangle(0, 0, 1920, 1032) })).toMatchObject({ y: 452 })
  })

  test('stays whole on the screen of the icon, to the left of the first or beside a taskbar on the side', () => {
    const second = { bounds: rectangle(-1280, 0, 1280, 800), workArea: rectangle(-1280, 0, 1280, 760) }
    expect(besideIcon(500, rectangle(-30, 764, 24, 24), second)).toEqual(rectangle(-388, 252, 380, 500))
    const onTheLeft = { bounds, workArea: rectangle(60, 0, 1860, 1080) }
    expect(besideIcon(500, rectangle(10, 1000, 40, 24), onTheLeft)).toEqual(rectangle(68, 492, 380, 500))
  })
})

describe('the popover where the system does not tell the icon’s place', () => {
  test.each([
    ['above', workArea, rectangle(1532, 48, 380, 500)],
    ['below', rectangle(0, 0, 1920, 1040), rectangle(1532, 532, 380, 500)],
    ['above and a dock on the left', rectangle(70, 30, 1850, 1050), rectangle(1532, 38, 380, 500)],
    ['above and a dock below', rectangle(0, 24, 1920, 996), rectangle(1532, 32, 380, 500)],
    ['on the left', rectangle(60, 0, 1860, 1080), rectangle(68, 572, 380, 500)],
    ['on the right', rectangle(0, 0, 1860, 1080), rectangle(1472, 572, 380, 500)],
    ['that nobody knows of', bounds, rectangle(1532, 8, 380, 500)],
  ])('is in the corner of a panel %s', (_where, area, place) => {
    expect(besidePanel(500, { bounds, workArea: area })).toEqual(place)
  })

  test('is on the screen that has the panel, the first of several', () => {
    const plain = { bounds, workArea: bounds }
    const other = {
      bounds: rectangle(1920, 0, 1280, 800),
      workArea: rectangle(1920, 0, 1280, 770),
    }
    expect(panelScreen(plain, [plain, other])).toBe(other)
    expect(besidePanel(500, other)).toEqual(rectangle(2812, 262, 380, 500))
    expect(panelScreen(plain, [plain])).toBe(plain)
    const first = { bounds, workArea }
    expect(panelScreen(first, [other, first])).toBe(first)
  })

  test('is where the user has left it, with the height that it needs now', () => {
    const left = rectangle(300, 200, 380, 300)
    expect(whereLeft(500, left, { bounds, workArea })).toEqual(rectangle(300, 200, 380, 500))
    expect(whereLeft(500, rectangle(1800, 900, 380, 100), { bounds, workArea })).toMatchObject({ x: 1532 })
    expect(whereLeft(500, rectangle(2500, 200, 380, 300), { bounds, workArea })).toBeNull()
  })
})

test('the popover is never higher than the screen, nor too small to be seen', () => {
  expect(fitHeight(5_000, workArea)).toBe(1024)
  expect(fitHeight(3, workArea)).toBe(200)
  expect(fitHeight(412.4, workArea)).toBe(412)
})

describe('a popover whose content grows or shrinks', () => {
  const high = rectangle(810, 48, 380, 300)
  const low = rectangle(810, 772, 380, 300)

  test('keeps its upper edge when it hangs from a panel above', () => {
    expect(withHeight(high, 600, workArea)).toEqual({ ...high, height: 600 })
    expect(withHeight(high, 250, workArea)).toEqual({ ...high, height: 250 })
  })

  test('keeps its lower edge when it stands on a panel below', () => {
    expect(withHeight(low, 600, workArea)).toEqual({ ...low, y: 472, height: 600 })
    expect(withHeight(low, 250, workArea)).toEqual({ ...low, y: 822, height: 250 })
  })

  test('moves as far as it must to stay whole', () => {
    expect(withHeight({ ...high, y: 350 }, 900, workArea)).toMatchObject({ y: 172, height: 900 })
    expect(withHeight(low, 3_000, workArea)).toMatchObject({ y: 48, height: 1024 })
  })
})
