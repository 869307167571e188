import { decode, encode } from 'fast-png'

/** A picture as rows of pixels, four bytes each: red, green, blue, opacity. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

const OPAQUE = 255
const PALETTE_SIZE = 256
/** The least number of palette colours that are exact. */
const AREAS = 64

/**
 * Decodes a PNG.
 * @throws Error unless it is a PNG of 8 bits per channel
 */
export function readPng(file: Uint8Array): Bitmap {
  const png = decode(file)
  const { width, height, depth, channels, palette, data } = png
  if (depth !== 8 || (palette === undefined && channels < 3)) {
    throw new Error('Only pictures in colour, with 8 bits per channel, are understood.')
  }
  if (channels === 4 && data instanceof Uint8Array) return { width, height, pixels: data }
  const colours = palette?.map(([red = 0, green = 0, blue = 0]) => pixelOf(red, green, blue, OPAQUE))
  // Whole pixels, because a byte at a time takes longer than all else that is done with a picture.
  const pixels = new Uint32Array(width * height)
  for (let pixel = 0, at = 0; pixel < pixels.length; pixel += 1, at += channels) {
    const first = data[at] ?? 0
    const opacity = channels === 4 ? (data[at + 3] ?? OPAQUE) : OPAQUE
    pixels[pixel] = colours?.[first] ?? pixelOf(first, data[at + 1] ?? 0, data[at + 2] ?? 0, opacity)
  }
  return { width, height, pixels: new Uint8Array(pixels.buffer) }
}

/** Returns a pixel as a number whose bytes are the four, the lowest first. */
const pixelOf = (red: number, green: number, blue: number, opacity: number): number =>
  ((opacity << 24) | (blue << 16) | (green << 8) | red) >>> 0

/**
 * Encodes a PNG with a palette, half the size of a PNG without. Areas keep their exact colours.
 * When there are too many colours, those at the edges of letters change to the nearest kept colour.
 * Transparency is lost.
 * @param palette one that several pictures share; their own when not given
 */
export function writePng(picture: Bitmap, palette: Palette = sharedPalette([picture])): Uint8Array {
  const { width, height, pixels } = picture
  const indexes = new Map<number, number>()
  const indexOf = (colour: number): number => {
    const index = indexes.get(colour) ?? nearest(palette, channelsOf(colour))
    indexes.set(colour, index)
    return index
  }
  const data = Uint8Array.from(colourNumbers(pixels), indexOf)
  return encode({ width, height, depth: 8, channels: 1, palette: [...palette], data }, { zlib: { level: 9 } })
}

type Channels = [red: number, green: number, blue: number]

/** At most 256 colours. */
export type Palette = readonly Channels[]

/** Returns a palette for several pictures, whose areas keep their exact colours. */
export function sharedPalette(pictures: readonly Bitmap[]): Palette {
  const counts = new Map<number, number>()
  for (const { pixels } of pictures) {
    for (const colour of colourNumbers(pixels)) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  return paletteOf(counts).map(channelsOf)
}

const channelsOf = (colour: number): Channels => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]

/** Returns each pixel as 0xrrggbb. */
function colourNumbers(pixels: Uint8Array): Uint32Array {
  const view = new DataView(pixels.buffer, pixels.byteOffset)
  return Uint32Array.from({ length: pixels.length / 4 }, (_, pixel) => view.getUint32(pixel * 4) >>> 8)
}

/** Returns the colours of areas, and the most frequent one of each group of similar other colours. */
function paletteOf(counts: ReadonlyMap<number, number>): number[] {
  const byCount = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour)
  const areas = byCount.slice(0, AREAS)
  for (let step = 1; ; step *= 2) {
    const cellOf = (colour: number): string =>
      channelsOf(colour)
        .map((value) => Math.round(value / step))
        .join()
    const cells = new Map(byCount.toReversed().map((colour) => [cellOf(colour), colour]))
    const palette = new Set([...areas, ...cells.values()])
    if (palette.size <= PALETTE_SIZE) return [...palette]
  }
}

function nearest(palette: Palette, [red, green, blue]: Channels): number {
  const distances = palette.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2)
  return distances.indexOf(Math.min(...distances))
}

/** Returns a picture with more of its last row below, until it is that high. */
export function withHeight({ width, height, pixels }: Bitmap, wanted: number): Bitmap {
  const rowLength = width * 4
  const last = pixels.subarray((height - 1) * rowLength)
  const taller = new Uint8Array(rowLength * wanted)
  taller.set(pixels)
  for (let row = height; row < wanted; row += 1) taller.set(last, row * rowLength)
  return { width, height: wanted, pixels: taller }
}
