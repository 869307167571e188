import { screen, type BrowserWindow } from 'electron'
import type { Clock } from '../core/ports.ts'
import { createPageWindow } from './pages.ts'

const WIDTH = 380
const HEIGHT = 560
const MARGIN = 8
/** A hidden window is kept this long, so that looking twice is quick, ms. */
const KEEP_HIDDEN_MS = 30_000

/** The popover's window: made when first shown, hidden by closing, gone when hidden for a while. */
export class Popover {
  readonly #clock: Clock
  readonly #hasTray: () => boolean
  readonly #onVisibility: () => void
  #window: BrowserWindow | null = null
  #callOffRemoval: () => void = () => undefined
  #mayClose = false

  /** `hasTray`: without a tray the popover is the only way in, and stays like an ordinary window. */
  constructor(clock: Clock, hasTray: () => boolean, onVisibility: () => void) {
    this.#clock = clock
    this.#hasTray = hasTray
    this.#onVisibility = onVisibility
  }

  get window(): BrowserWindow | null {
    return this.#window
  }

  get isVisible(): boolean {
    return this.#window?.isVisible() ?? false
  }

  toggle(): void {
    if (this.isVisible) this.hide()
    else this.show()
  }

  show(): void {
    this.#callOffRemoval()
    const window = this.#window ?? this.#create()
    if (window.webContents.isLoading())
      window.once('ready-to-show', () => {
        this.#reveal(window)
      })
    else this.#reveal(window)
  }

  hide(): void {
    this.#window?.hide()
  }

  /** Lets the window close for good, for quitting. */
  allowClose(): void {
    this.#mayClose = true
  }

  #reveal(window: BrowserWindow): void {
    if (window.isDestroyed()) return
    if (this.#hasTray()) window.setPosition(...nearCursor(window))
    window.show()
    window.focus()
  }

  #create(): BrowserWindow {
    const hasTray = this.#hasTray()
    const window = createPageWindow('popover', {
      width: WIDTH,
      height: HEIGHT,
      title: 'TokenTray',
      frame: !hasTray,
      resizable: !hasTray,
      minWidth: WIDTH,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: hasTray,
      alwaysOnTop: hasTray,
    })
    this.#window = window
    window.on('close', (event) => {
      if (this.#mayClose) return
      event.preventDefault()
      window.hide()
    })
    window.on('blur', () => {
      if (hasTray && !window.webContents.isDevToolsOpened()) window.hide()
    })
    window.on('show', this.#onVisibility)
    window.on('hide', () => {
      this.#callOffRemoval = this.#clock.after(KEEP_HIDDEN_MS, () => {
        window.destroy()
      })
      this.#onVisibility()
    })
    window.on('closed', () => {
      this.#window = null
      this.#onVisibility()
    })
    return window
  }
}

/** Beside the cursor, whole on its screen: where the tray icon that was just clicked is. Linux tells no better. */
function nearCursor(window: BrowserWindow): [number, number] {
  const cursor = screen.getCursorScreenPoint()
  const { workArea } = screen.getDisplayNearestPoint(cursor)
  const [width = WIDTH, height = HEIGHT] = window.getSize()
  const fit = (wanted: number, start: number, room: number, size: number): number =>
    Math.round(Math.max(start + MARGIN, Math.min(wanted, start + room - size - MARGIN)))
  return [
    fit(cursor.x - width / 2, workArea.x, workArea.width, width),
    fit(cursor.y + MARGIN, workArea.y, workArea.height, height),
  ]
}
