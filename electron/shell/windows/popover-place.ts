import type { Display, Rectangle } from 'electron'

/** The popover's width, in device-independent pixels as all lengths here. */
export const WIDTH = 380
/** Less would look like a stray notification. */
const MIN_HEIGHT = 200
/** Kept free between the window and the edges of the screen. */
const MARGIN = 8

/** The part of a screen that is used. */
export type Screen = Pick<Display, 'bounds' | 'workArea'>

/** Returns a height that is neither too small to be a window nor too large for the screen. */
export const fitHeight = (wanted: number, workArea: Rectangle): number =>
  Math.round(Math.min(Math.max(wanted, MIN_HEIGHT), workArea.height - 2 * MARGIN))

/** Returns whether the system tells where the tray icon is. Linux does not: all zeros. */
export const isKnown = ({ width, height }: Rectangle): boolean => width > 0 && height > 0

/** Returns the place centred below the tray icon, or above one in the lower half, whole on the screen. */
export function besideIcon(wanted: number, icon: Rectangle, { bounds, workArea }: Screen): Rectangle {
  const height = fitHeight(wanted, workArea)
  const isLow = icon.y + icon.height / 2 > bounds.y + bounds.height / 2
  const y = isLow ? icon.y - height - MARGIN : icon.y + icon.height + MARGIN
  return {
    x: fit(icon.x + icon.width / 2 - WIDTH / 2, workArea.x, workArea.width, WIDTH),
    y: fit(y, workArea.y, workArea.height, height),
    width: WIDTH,
    height,
  }
}

/**
 * Returns the place in the corner where a panel has its tray: on the right, or beside a panel on the left edge; above
 * where a panel is above or none is known, else below.
 */
export function besidePanel(wanted: number, { bounds, workArea }: Screen): Rectangle {
  const height = fitHeight(wanted, workArea)
  const above = workArea.y - bounds.y
  const below = bounds.y + bounds.height - (workArea.y + workArea.height)
  const left = workArea.x - bounds.x
  const right = bounds.x + bounds.width - (workArea.x + workArea.width)
  // Panels on the sides have their trays at the lower end.
  const isLow = above === 0 && Math.max(below, left, right) > 0
  const isLeft = above === 0 && below === 0 && left > right
  return {
    x: fit(isLeft ? workArea.x : workArea.x + workArea.width, workArea.x, workArea.width, WIDTH),
    y: fit(isLow ? workArea.y + workArea.height : workArea.y, workArea.y, workArea.height, height),
    width: WIDTH,
    height,
  }
}

/** Returns the screen with the panel: the primary one, unless only another has any. */
export const panelScreen = <S extends Screen>(primary: S, all: readonly S[]): S =>
  [primary, ...all].find(hasPanel) ?? primary

const hasPanel = ({ bounds, workArea }: Screen): boolean =>
  workArea.width < bounds.width || workArea.height < bounds.height

/** Returns where the user left the window, with another height; null where no screen has that place any more. */
export function whereLeft(wanted: number, left: Rectangle, { workArea }: Screen): Rectangle | null {
  const isThere =
    left.x < workArea.x + workArea.width &&
    left.x + left.width > workArea.x &&
    left.y < workArea.y + workArea.height &&
    left.y + left.height > workArea.y
  if (!isThere) return null
  const x = fit(left.x, workArea.x, workArea.width, WIDTH)
  return { ...withHeight(left, wanted, workArea), x, width: WIDTH }
}

/**
 * Returns a window of another height that stays where it hangs: on the upper half of the screen below its upper edge,
 * on the lower half, above a panel, on its lower edge.
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
