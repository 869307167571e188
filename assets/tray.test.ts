import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPng, type Bitmap } from '../gallery/png.ts'
import { trayPictures } from './tray-shapes.mjs'

const TRAY = path.join(import.meta.dirname, 'tray')
const faces = Object.keys(trayPictures)
/** Amber and red have one shape: both need the user. */
const sameShape = ['caution', 'attention']

const read = async (name: string): Promise<Bitmap> => readPng(await readFile(path.join(TRAY, name)))

/**
 * Returns the relative luminance of a colour, from 0 to 1 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).
 */
function luminance(red: number, green: number, blue: number): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const contrast = (one: number, other: number): number =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)

/** Yields red, green, blue and opacity of every pixel. */
function* pixelsOf({ pixels }: Bitmap): Generator<readonly [number, number, number, number]> {
  for (let at = 0; at < pixels.length; at += 4) {
    const [red = 0, green = 0, blue = 0, opacity = 0] = pixels.subarray(at, at + 4)
    yield [red, green, blue, opacity]
  }
}

const shapeOf = (bitmap: Bitmap): boolean[] => [...pixelsOf(bitmap)].map(([, , , opacity]) => opacity > 127)

describe.each(faces)('the tray icon “%s”', (face) => {
  test.each([
    ['.png', 22],
    ['@2x.png', 44],
    ['Template.png', 16],
    ['Template@2x.png', 32],
  ])('has its picture %s', async (ending, size) => {
    const { width, height } = await read(`${face}${ending}`)
    expect([width, height]).toEqual([size, size])
  })

  test('has every size that Windows asks for', async () => {
    const ico = await readFile(path.join(TRAY, `${face}.ico`))
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
      const entry = 6 + 16 * index
      const { width } = readPng(
        ico.subarray(ico.readUInt32LE(entry + 12)).subarray(0, ico.readUInt32LE(entry + 8)),
      )
      expect(width).toBe(ico.readUInt8(entry))
      return width
    })
    expect(sizes).toEqual([16, 20, 24, 32, 40, 48])
  })

  test('stands out from light and from dark panels', async () => {
    const drawn = [...pixelsOf(await read(`${face}@2x.png`))].filter(([, , , opacity]) => opacity === 255)
    expect(drawn.length).toBeGreaterThan(100)
    const lights = drawn.map(([red, green, blue]) => luminance(red, green, blue))
    // WCAG requires 3 : 1 for content that is not text.
    const dark = luminance(0x20, 0x20, 0x20)
    expect(
      Math.min(...lights.map((light) => Math.min(contrast(light, 1), contrast(light, dark)))),
    ).toBeGreaterThan(3)
  })

  test('is told apart from the others by its shape alone', async () => {
    const shape = shapeOf(await read(`${face}Template.png`))
    const others = faces.filter(
      (name) => name !== face && !(sameShape.includes(face) && sameShape.includes(name)),
    )
    for (const other of others) {
      const otherShape = shapeOf(await read(`${other}Template.png`))
      const different = shape.filter((pixel, index) => pixel !== otherShape[index]).length
      expect(different, `${face} and ${other}`).toBeGreaterThan(0.05 * shape.length)
    }
  })

  test('as a template is black and nothing else', async () => {
    const drawn = [...pixelsOf(await read(`${face}Template@2x.png`))].filter(([, , , opacity]) => opacity > 0)
    expect(drawn.every(([red, green, blue]) => red === 0 && green === 0 && blue === 0)).toBe(true)
  })
})

test('no picture of the tray icon is left over', async () => {
  const endings = ['.ico', '.png', '@2x.png', 'Template.png', 'Template@2x.png']
  const expected = faces.flatMap((face) => endings.map((ending) => `${face}${ending}`))
  const files = await readdir(TRAY)
  expect(files.sort()).toEqual(expected.sort())
})
