import { screen, type BrowserWindow, type Rectangle } from 'electron'
import type { Clock } from '../core/ports.ts'
import { createPageWindow } from './pages.ts'

const WIDTH = 380
const MIN_HEIGHT = 560
/** Header and footer; one account's card. */
const FRAME_HEIGHT = 96
const CARD_HEIGHT = 112
/** More cards than this are scrolled. */
const MAX_CARDS = 8
const MARGIN = 8
/** A hidden window is kept this long, so that looking twice is quick, ms. */
const KEEP_HIDDEN_MS = 30_000

export interface PopoverParts {
  readonly clock: Clock
  /** Without a tray the popover is the only way in, and stays like an ordinary window. */
  readonly hasTray: boolean
  readonly accountCount: () => number
  /** Called when the popover is shown, hidden or gone. */
  readonly onVisibility: () => void
}

/** The popover's window: made when first shown, hidden by closing, gone when hidden for a while. */
export class Popover {
  readonly #parts: PopoverParts
  #window: BrowserWindow | null = null
  #callOffRemoval: () => void = () => undefined
  #mayClose = false

  constructor(parts: PopoverParts) {
    this.#parts = parts
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
    if (this.#parts.hasTray) window.setBounds(nearCursor(heightFor(this.#parts.accountCount())))
    window.show()
    window.focus()
  }

  #create(): BrowserWindow {
    const { clock, hasTray, accountCount, onVisibility } = this.#parts
    const window = createPageWindow('popover', {
      width: WIDTH,
      height: heightFor(accountCount()),
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
    window.on('show', onVisibility)
    window.on('hide', () => {
      this.#callOffRemoval = clock.after(KEEP_HIDDEN_MS, () => {
        window.destroy()
      })
      onVisibility()
    })
    window.on('closed', () => {
      this.#window = null
      onVisibility()
    })
    return window
  }
}

const heightFor = (accounts: number): number =>
  Math.max(MIN_HEIGHT, FRAME_HEIGHT + CARD_HEIGHT * Math.min(accounts, MAX_CARDS))

/** Beside the cursor, whole on its screen: where the tray icon that was just clicked is. Linux tells no better. */
function nearCursor(wantedHeight: number): Rectangle {
  const cursor = screen.getCursorScreenPoint()
  const { workArea } = screen.getDisplayNearestPoint(cursor)
  const height = Math.min(wantedHeight, workArea.height - 2 * MARGIN)
  const fit = (wanted: number, start: number, room: number, size: number): number =>
    Math.round(Math.max(start + MARGIN, Math.min(wanted, start + room - size - MARGIN)))
  return {
    x: fit(cursor.x - WIDTH / 2, workArea.x, workArea.width, WIDTH),
    y: fit(cursor.y + MARGIN, workArea.y, workArea.height, height),
    width: WIDTH,
    height,
  }
}
