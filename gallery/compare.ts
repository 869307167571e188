import pixelmatch from 'pixelmatch'
import type { Bitmap } from './png.ts'

/** How much a colour may differ, from 0 to 1, as the eye sees it (pixelmatch's own scale and default). */
const COLOUR_TOLERANCE = 0.1
/** What share of the pixels may differ by more: the edges of letters, drawn by another Chromium. */
const SHARE_TOLERANCE = 0.00005

export interface Comparison {
  readonly same: boolean
  /** What is different, in words. */
  readonly words: string
  /** The first picture, faint, with what differs in red; null when the sizes differ. */
  readonly marked: Bitmap | null
}

/** Whether a person would call two pictures the same. */
export function compare(before: Bitmap, now: Bitmap): Comparison {
  const { width, height } = before
  if (width !== now.width || height !== now.height) {
    const words = `${width} × ${height} before, ${now.width} × ${now.height} now`
    return { same: false, words, marked: null }
  }
  const pixels = new Uint8Array(before.pixels.length)
  const options = { threshold: COLOUR_TOLERANCE }
  const different = pixelmatch(before.pixels, now.pixels, pixels, width, height, options)
  return {
    same: different <= SHARE_TOLERANCE * width * height,
    words: `${different} of ${width * height} pixels differ`,
    marked: { width, height, pixels },
  }
}
