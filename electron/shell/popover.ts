import { screen, type BrowserWindow, type Rectangle, type WebContents } from 'electron'
import { accountWanted } from '../contract/channels.ts'
import type { Clock } from '../core/ports.ts'
import { HiddenByBlur } from './hidden-by-blur.ts'
import { createPageWindow } from './pages.ts'
import { besideCursor, hangingPoint, WIDTH, withHeight } from './popover-place.ts'

/** Until a page has told how high it would like to be; without a tray, where the user says it, from the start. */
const FIRST_HEIGHT = 560
/** A hidden window is kept this long, so that looking twice is quick, ms. */
const KEEP_HIDDEN_MS = 30_000

export interface PopoverParts {
  readonly clock: Clock
  /** Where the tray icon is; without a size where the system does not tell. */
  readonly iconBounds: () => Rectangle
  /** Called when the popover is shown, hidden or gone. */
  readonly onVisibility: () => void
}

/** The popover's window: made when first shown, hidden by closing, gone when hidden for a while. */
export class Popover {
  readonly #parts: PopoverParts
  #hasTray = true
  #window: BrowserWindow | null = null
  /** Whether the window has something to show: told once, and a page may go on loading after that. */
  #isPainted = false
  #callOffRemoval: () => void = () => undefined
  #mayClose = false
  #wantedHeight = FIRST_HEIGHT
  readonly #hiddenByBlur: HiddenByBlur

  constructor(parts: PopoverParts) {
    this.#parts = parts
    this.#hiddenByBlur = new HiddenByBlur(parts.clock)
  }

  /** Without a tray the popover is the only way in, and stays like an ordinary window. */
  standAlone(): void {
    this.#hasTray = false
    // One that was made before this was known is made again with a frame.
    this.#window?.destroy()
  }

  get window(): BrowserWindow | null {
    return this.#window
  }

  get isVisible(): boolean {
    return this.#window?.isVisible() ?? false
  }

  toggle(): void {
    if (this.#hiddenByBlur.isSameClick) return
    if (this.isVisible && this.#window?.isMinimized() !== true) this.hide()
    else this.show()
  }

  /** @param account to be gone to, if any */
  show(account: string | null = null): void {
    this.#callOffRemoval()
    const window = this.#window ?? this.#create()
    if (account !== null) goTo(window.webContents, account)
    if (this.#isPainted || !window.webContents.isLoading()) this.#reveal(window)
    else
      window.once('ready-to-show', () => {
        this.#reveal(window)
      })
  }

  /** There, in the list of windows, and out of the way. */
  showMinimised(): void {
    const window = this.#window ?? this.#create()
    window.minimize()
  }

  hide(): void {
    this.#window?.hide()
  }

  /** The page's content has this height now, in CSS pixels. */
  fit(height: number): void {
    const window = this.#window
    if (window === null || !this.#hasTray) return
    this.#wantedHeight = height * window.webContents.getZoomFactor()
    const bounds = window.getBounds()
    const { workArea } = screen.getDisplayMatching(bounds)
    if (window.isVisible()) window.setBounds(withHeight(bounds, this.#wantedHeight, workArea))
  }

  /** Lets the window close for good, for quitting. */
  allowClose(): void {
    this.#mayClose = true
  }

  #reveal(window: BrowserWindow): void {
    if (window.isDestroyed()) return
    if (this.#hasTray) {
      const cursor = hangingPoint(this.#parts.iconBounds(), screen.getCursorScreenPoint())
      const { workArea } = screen.getDisplayNearestPoint(cursor)
      window.setBounds(besideCursor(this.#wantedHeight, cursor, workArea))
    }
    window.show()
    window.focus()
  }

  #create(): BrowserWindow {
    const { clock, onVisibility } = this.#parts
    const hasTray = this.#hasTray
    const window = createPageWindow('popover', {
      width: WIDTH,
      height: FIRST_HEIGHT,
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
    this.#isPainted = false
    window.once('ready-to-show', () => {
      this.#isPainted = true
    })
    window.on('close', (event) => {
      if (this.#mayClose) return
      event.preventDefault()
      window.hide()
    })
    window.on('blur', () => {
      if (!hasTray || window.webContents.isDevToolsOpened()) return
      if (window.isVisible()) this.#hiddenByBlur.hide()
      window.hide()
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

/** A page that is still loading would not hear of it. */
function goTo(page: WebContents, account: string): void {
  const tell = (): void => {
    page.send(accountWanted, account)
  }
  if (page.isLoading()) page.once('did-finish-load', tell)
  else tell()
}
