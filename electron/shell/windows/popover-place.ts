import type { Point, Rectangle } from 'electron'

/** The popover's width, in device-independent pixels as all lengths here. */
export const WIDTH = 380
/** Less would look like a stray notification. */
const MIN_HEIGHT = 200
/** Kept free between the window and the edges of the screen. */
const MARGIN = 8

/** A height that is neither too small to be a window nor too large for the screen. */
export const fitHeight = (wanted: number, workArea: Rectangle): number =>
  Math.round(Math.min(Math.max(wanted, MIN_HEIGHT), workArea.height - 2 * MARGIN))

/**
 * What the popover hangs from: the tray icon, or the cursor that has just clicked it where the system does not tell
 * where the icon is (Linux: all zeros, https://www.electronjs.org/docs/latest/api/tray#traygetbounds-macos-windows).
 */
export const hangingPoint = (icon: Rectangle, cursor: Point): Point =>
  icon.width > 0 && icon.height > 0
    ? { x: Math.round(icon.x + icon.width / 2), y: icon.y + icon.height }
    : cursor

/** Beside the cursor, whole on its screen: where the tray icon that was just clicked is. Linux tells no better. */
export function besideCursor(wanted: number, cursor: Point, workArea: Rectangle): Rectangle {
  const height = fitHeight(wanted, workArea)
  return {
    x: fit(cursor.x - WIDTH / 2, workArea.x, workArea.width, WIDTH),
    y: fit(cursor.y + MARGIN, workArea.y, workArea.height, height),
    width: WIDTH,
    height,
  }
}

/**
 * A window of another height that stays where it hangs: on the upper half of the screen below its upper edge, on
 * the lower half, above a panel, on its lower edge.
 */
export function withHeight(now: Rectangle, wanted: number, workArea: Rectangle): Rectangle {
  const height = fitHeight(wanted, workArea)
  const hangsLow = now.y + now.height / 2 > workArea.y + workArea.height / 2
  const y = hangsLow ? now.y + now.height - height : now.y
  return { ...now, y: fit(y, workArea.y, workArea.height, height), height }
}

function fit(wanted: number, start: number, room: number, size: number): number {
  return Math.round(Math.max(start + MARGIN, Math.min(wanted, start + room - size - MARGIN)))
}
