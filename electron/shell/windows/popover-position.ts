import { screen, type BrowserWindow, type Rectangle } from 'electron'
import {
  besideIcon,
  besidePanel,
  fitHeight,
  isKnown,
  panelScreen,
  whereLeft,
  WIDTH,
  withHeight,
} from './popover-place.ts'

export interface PositionDeps {
  /** Whether this is Wayland, where a program neither knows the cursor's position nor places its windows. */
  readonly wayland: boolean
  /** Returns where the tray icon is; without a size where the system does not tell. */
  readonly iconBounds: () => Rectangle
  /** Returns where the user last left the popover; null for nowhere. Used where the icon's place is unknown. */
  readonly place: () => Rectangle | null
  readonly keepPlace: (place: Rectangle) => void
}

type Placed = Pick<BrowserWindow, 'setBounds' | 'setSize'>

/** Places the popover beside the tray icon or in the panel's corner, or where the user has moved it; never at the cursor. */
export class PopoverPosition {
  readonly #deps: PositionDeps
  /**
   * Where the window was placed. On X11 a window that has just been shown says for a moment that it is in the screen's
   * corner.
   */
  #at: Rectangle = { x: 0, y: 0, width: WIDTH, height: 0 }
  #isMoved = false

  constructor(deps: PositionDeps) {
    this.#deps = deps
  }

  /** Places a window that is about to be shown. */
  place(window: Placed, height: number): void {
    if (this.#deps.wayland) {
      window.setSize(WIDTH, fitHeight(height, screen.getPrimaryDisplay().workArea))
    } else this.#put(window, this.#hangingPlace(height))
  }

  /** Gives a visible window another height. */
  fit(window: Placed, height: number): void {
    if (this.#deps.wayland) this.place(window, height)
    else this.#put(window, withHeight(this.#at, height, screen.getDisplayMatching(this.#at).workArea))
  }

  /** Moves a window as the user drags it, where the system does not tell a better place. */
  moveBy(window: Placed, dx: number, dy: number): void {
    const { iconBounds, wayland } = this.#deps
    if (wayland || isKnown(iconBounds())) return
    this.#isMoved = true
    this.#put(window, { ...this.#at, x: Math.round(this.#at.x + dx), y: Math.round(this.#at.y + dy) })
  }

  /** Keeps the place to which the user has moved the window since it was shown. */
  keep(): void {
    if (this.#isMoved) this.#deps.keepPlace(this.#at)
    this.#isMoved = false
  }

  #hangingPlace(height: number): Rectangle {
    const icon = this.#deps.iconBounds()
    if (isKnown(icon)) return besideIcon(height, icon, screen.getDisplayMatching(icon))
    const left = this.#deps.place()
    const place = left === null ? null : whereLeft(height, left, screen.getDisplayMatching(left))
    return place ?? besidePanel(height, panelScreen(screen.getPrimaryDisplay(), screen.getAllDisplays()))
  }

  #put(window: Placed, place: Rectangle): void {
    this.#at = place
    window.setBounds(place)
  }
}
