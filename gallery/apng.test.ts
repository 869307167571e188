import { decode, decodeApng } from 'fast-png'
import { expect, test } from 'vitest'
import { writeApng } from './apng.ts'
import { withHeight, type Bitmap } from './png.ts'

const WHITE = [255, 255, 255, 255]
const RED = [200, 0, 0, 255]
const BLUE = [0, 0, 200, 255]

/** Returns a white picture of 4 × 3 pixels with some of another colour. */
function picture(colour: readonly number[], ...places: readonly number[]): Bitmap {
  const pixels = Array.from({ length: 12 }, (_, place) => (places.includes(place) ? colour : WHITE))
  return { width: 4, height: 3, pixels: Uint8Array.from(pixels.flat()) }
}

const still = picture(RED, 0)
const frames = [
  { picture: still, ms: 1600 },
  { picture: picture(BLUE, 0, 6), ms: 40 },
  { picture: picture(BLUE, 0, 6), ms: 40 },
]

/** Returns a frame's colours, one a pixel. */
function coloursOf({ data, palette }: { readonly data: ArrayLike<number>; readonly palette?: number[][] }) {
  return Array.from(data, (index) => palette?.[index])
}

test('a decoder that is not ours sees every frame as it was', () => {
  const { frames: seen, palette, width, height } = decodeApng(writeApng(frames))
  expect([width, height]).toEqual([4, 3])
  expect(seen).toHaveLength(3)
  const rgb = frames.map(({ picture: { pixels } }) =>
    Array.from({ length: 12 }, (_, place) => [...pixels.subarray(place * 4, place * 4 + 3)]),
  )
  expect(seen.map(({ data }) => coloursOf({ data, ...(palette && { palette }) }))).toEqual(rgb)
  expect(seen.map(({ delayNumber, delayDenominator }) => (delayNumber * 1000) / delayDenominator)).toEqual([
    1600, 40, 40,
  ])
})

test('who knows no moving pictures sees the first', () => {
  const { data, palette } = decode(writeApng(frames))
  expect(coloursOf({ data, ...(palette && { palette }) })[0]).toEqual(RED.slice(0, 3))
})

test('pictures of different sizes are refused', () => {
  const higher = withHeight(still, 5)
  expect(higher.pixels).toHaveLength(4 * 4 * 5)
  expect(() => writeApng([frames[0] ?? expect.unreachable(), { picture: higher, ms: 1 }])).toThrow('size')
})
