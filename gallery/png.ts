import { convertIndexedToRgb, decode, encode } from 'fast-png'

/** A picture as rows of pixels, four bytes each: red, green, blue, opacity. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

const OPAQUE = 255
const PALETTE_SIZE = 256

/** @throws Error when it is no PNG of 8 bits per channel */
export function readPng(file: Uint8Array): Bitmap {
  const png = decode(file)
  const { width, height, palette } = png
  const data = palette === undefined ? png.data : convertIndexedToRgb(png)
  const channels = data.length / (width * height)
  if (channels !== 3 && channels !== 4) throw new Error('Only pictures in colour are understood.')
  const pixels = new Uint8Array(width * height * 4)
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let channel = 0; channel < 4; channel += 1) {
      pixels[pixel * 4 + channel] = (channel < channels ? data[pixel * channels + channel] : OPAQUE) ?? OPAQUE
    }
  }
  return { width, height, pixels }
}

/**
 * A PNG with a palette, half the size of one without. Where there are more colours than fit, neighbours are made one:
 * a difference that no eye sees. What is not opaque becomes so.
 */
export function writePng({ width, height, pixels }: Bitmap): Uint8Array {
  for (let step = 1; ; step *= 2) {
    const indexed = indexedBy(pixels, step)
    if (indexed === null) continue
    return encode({ width, height, depth: 8, channels: 1, ...indexed }, { zlib: { level: 9 } })
  }
}

/** With every channel rounded to a multiple of `step`; null when that still leaves too many colours. */
function indexedBy(pixels: Uint8Array, step: number): { data: Uint8Array; palette: number[][] } | null {
  const indexes = new Map<number, number>()
  const palette: number[][] = []
  const data = new Uint8Array(pixels.length / 4)
  const rounded = (value = 0): number => Math.min(OPAQUE, Math.round(value / step) * step)
  for (let pixel = 0; pixel < data.length; pixel += 1) {
    const [red, green, blue] = [0, 1, 2].map((channel) => rounded(pixels[pixel * 4 + channel]))
    if (red === undefined || green === undefined || blue === undefined) continue
    const colour = (red << 16) | (green << 8) | blue
    let index = indexes.get(colour)
    if (index === undefined) {
      if (palette.length === PALETTE_SIZE) return null
      index = palette.push([red, green, blue]) - 1
      indexes.set(colour, index)
    }
    data[pixel] = index
  }
  return { data, palette }
}
