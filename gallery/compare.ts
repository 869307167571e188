import pixelmatch from 'pixelmatch'
import type { Bitmap } from './png.ts'

/** Allowed difference of a colour, from 0 to 1, on pixelmatch's perceptual scale (its default). */
const COLOUR_TOLERANCE = 0.1
/**
 * Allowed share of pixels with a larger difference, for the edges of letters in another version of Chromium.
 */
const SHARE_TOLERANCE = 0.00005

export interface Comparison {
  readonly same: boolean
  /** The difference in words. */
  readonly words: string
  /** The first picture, faint, with differences in red; null for the same pictures, and for different sizes. */
  readonly marked: Bitmap | null
}

/** Compares two pictures within what a viewer would not notice. */
export function compare(before: Bitmap, now: Bitmap): Comparison {
  const { width, height } = before
  if (width !== now.width || height !== now.height) {
    const words = `${width} × ${height} before, ${now.width} × ${now.height} now`
    return { same: false, words, marked: null }
  }
  const differences = (marks?: Uint8Array): number =>
    pixelmatch(before.pixels, now.pixels, marks, width, height, { threshold: COLOUR_TOLERANCE })
  const different = differences()
  const words = `${different} of ${width * height} pixels differ`
  if (different <= SHARE_TOLERANCE * width * height) return { same: true, words, marked: null }
  // Drawn only now, because most pictures are the same.
  const pixels = new Uint8Array(before.pixels.length)
  differences(pixels)
  return { same: false, words, marked: { width, height, pixels } }
}
