import type { Input } from 'electron'
import { textSizes } from '../../contract/settings-limits.ts'

export type TextPercent = (typeof textSizes)[number]

/** Returns the size of text after a key of *Larger*, *Smaller* or *Usual*; null for any other key. */
export function resized(
  { type, key, control, meta, alt }: Pick<Input, 'type' | 'key' | 'control' | 'meta' | 'alt'>,
  now: TextPercent,
  platform: NodeJS.Platform,
): TextPercent | null {
  const isHeld = platform === 'darwin' ? meta : control
  if (type !== 'keyDown' || !isHeld || alt) return null
  if (key === '0') return 100
  // Without Shift, + is = on many keyboards.
  const step = { '+': 1, '=': 1, '-': -1 }[key]
  if (step === undefined) return null
  return textSizes[textSizes.indexOf(now) + step] ?? now
}

/** The part of Electron's `BrowserWindow` that is used. */
export interface ZoomedWindow {
  readonly webContents: { setZoomFactor(factor: number): void }
}

/** Gives every window of ours the size of text that the user has chosen. */
export class TextSize {
  readonly #windows: () => readonly ZoomedWindow[]
  #percent: TextPercent = 100

  /** @param windows returns all open windows */
  constructor(windows: () => readonly ZoomedWindow[]) {
    this.#windows = windows
  }

  get percent(): TextPercent {
    return this.#percent
  }

  use(percent: TextPercent): void {
    if (percent === this.#percent) return
    this.#percent = percent
    for (const window of this.#windows()) this.loaded(window)
  }

  /** Sizes a window whose page was loaded, because each page begins at the usual size. */
  loaded({ webContents }: ZoomedWindow): void {
    webContents.setZoomFactor(this.#percent / 100)
  }
}
