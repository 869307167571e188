import type { BrowserWindow } from 'electron'
import { popoverContract } from '../../contract/popover.ts'
import type { Clock } from '../../core/ports.ts'
import { devServer } from './dev-server.ts'
import { HiddenByBlur } from './hidden-by-blur.ts'
import { onceShowable } from './once-showable.ts'
import { createPageWindow } from './pages.ts'
import { WIDTH } from './popover-place.ts'
import { PopoverPosition, type PositionDeps } from './popover-position.ts'
import { send } from './router.ts'

/** The height until the page has asked for one, and of the ordinary window that there is without a tray, CSS pixels. */
const FIRST_HEIGHT = 600

/** How long a hidden window is kept, so that showing it again is quick, ms. */
const KEEP_HIDDEN_MS = 30_000

/** How long a blur has to last on Wayland, where a new window gets, loses and regains the keyboard at once, ms. */
const BLURRED_FOR_MS = 200

export interface PopoverDeps extends PositionDeps {
  readonly clock: Clock
  /** Returns whether a login waits for a code, so that the popover must not hide by itself. */
  readonly isAsking: () => boolean
  /** Called when the popover is shown, hidden or gone. */
  readonly onVisibility: () => void
}

/** A window, and how it was made. */
interface Made {
  readonly window: BrowserWindow
  /** Whether it was made to hang off a tray icon: without a frame, on top, not in the list of windows. */
  readonly hangs: boolean
  /** Whether it was shown, and not hidden since; a window that is being hidden counts as visible for a moment more. */
  isUp: boolean
  /** Whether it got the keyboard since it was last shown, and has not lost it. */
  hasKeyboard: boolean
  /** Whether it has something to show. */
  isShowable: boolean
  /** Makes it showable, if it is not yet. */
  readonly showable: () => void
  /** What happens to it once it has. */
  wanted: 'show' | 'inactive' | 'minimise' | null
  /** Whether its page asks the user something. */
  isHeld: boolean
}

/**
 * Shows and hides the popover's window: created when first shown, hidden by closing, destroyed when hidden for a while.
 * Without a tray it is an ordinary window that closing minimises, because nothing else opens it.
 */
export class Popover {
  readonly #deps: PopoverDeps
  #hasTray = true
  #made: Made | null = null
  #callOffRemoval: () => void = () => undefined
  #callOffBlur: () => void = () => undefined
  #mayClose = false
  #wantedHeight = FIRST_HEIGHT
  readonly #hiddenByBlur: HiddenByBlur
  readonly #position: PopoverPosition

  constructor(deps: PopoverDeps) {
    this.#deps = deps
    this.#hiddenByBlur = new HiddenByBlur(deps.clock)
    this.#position = new PopoverPosition(deps)
  }

  /** Sets whether there is a tray icon that reopens it. A window in use stays as it is until it is closed. */
  setTray(hasTray: boolean): void {
    if (hasTray === this.#hasTray) return
    this.#hasTray = hasTray
    const made = this.#made
    if (made === null) {
      if (!hasTray) this.showMinimised()
      return
    }
    if (hasTray && this.isVisible) return
    const wasVisible = this.isVisible
    made.window.destroy()
    if (hasTray) return
    if (wasVisible) this.show()
    else this.showMinimised()
  }

  get window(): BrowserWindow | null {
    return this.#made?.window ?? null
  }

  get isVisible(): boolean {
    const window = this.window
    return window !== null && window.isVisible() && !window.isMinimized()
  }

  toggle(): void {
    if (this.isVisible) this.hide()
    else this.show()
  }

  /** Toggles for a click on the icon, which may first have taken the focus and so have hidden the popover already. */
  toggleByClick(): void {
    if (!this.#hiddenByBlur.isSameClick) this.toggle()
  }

  /** @param account the one to scroll to, if any */
  show(account: string | null = null): void {
    this.#callOffRemoval()
    // Else the blur that came of being hidden would hide the window again, shown but without the keyboard yet.
    this.#callOffBlur()
    const made = this.#usable()
    if (account !== null) focusAccount(made.window, account)
    if (made.isShowable) this.#reveal(made)
    else made.wanted = 'show'
  }

  /** Shows a question without taking the keyboard from the program that the user types in. */
  ask(): void {
    if (this.isVisible) return
    this.#callOffRemoval()
    const made = this.#usable()
    if (made.isShowable) this.#revealInactive(made)
    else made.wanted ??= 'inactive'
  }

  /** Keeps the popover from hiding by itself while its page asks the user something. */
  hold(isHeld: boolean): void {
    if (this.#made !== null) this.#made.isHeld = isHeld
  }

  /** Shows it in the list of windows only. */
  showMinimised(): void {
    const made = this.#usable()
    if (made.isShowable) this.#minimise(made)
    else made.wanted = 'minimise'
  }

  hide(): void {
    const made = this.#made
    if (made === null) return
    made.wanted = null
    made.isUp = false
    made.hasKeyboard = false
    if (this.#hasTray) made.window.hide()
    else made.window.minimize()
  }

  /** Gives the window the height of the page's content, in CSS pixels. A new one is shown now, if it is to be shown. */
  fit(height: number): void {
    const made = this.#made
    if (made === null) return
    const { window, hangs } = made
    if (hangs) this.#wantedHeight = height * window.webContents.getZoomFactor()
    // A page that knows its height has its content.
    if (!made.isShowable) made.showable()
    else if (hangs && window.isVisible()) this.#position.fit(window, this.#wantedHeight)
  }

  /** Moves the window as the user drags it. */
  moveBy(dx: number, dy: number): void {
    const made = this.#made
    if (made?.hangs === true && made.isUp) this.#position.moveBy(made.window, dx, dy)
  }

  /** Lets the window close for good, for quitting. */
  allowClose(): void {
    this.#mayClose = true
  }

  /** Returns the window; one that was made with a tray is replaced when there is none, and the other way round. */
  #usable(): Made {
    if (this.#made !== null && !this.isVisible && this.#made.hangs !== this.#hasTray)
      this.#made.window.destroy()
    return this.#made ?? this.#create()
  }

  #reveal(made: Made): void {
    const { window, hangs } = made
    made.isUp = true
    if (hangs) this.#position.place(window, this.#wantedHeight)
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  #revealInactive(made: Made): void {
    const { window, hangs } = made
    made.isUp = true
    if (hangs) {
      this.#position.place(window, this.#wantedHeight)
      window.showInactive()
    }
    window.flashFrame(true)
  }

  #minimise({ window }: Made): void {
    // On Wayland a window that was never shown is in no list of windows.
    if (this.#deps.wayland) window.showInactive()
    window.minimize()
  }

  #create(): Made {
    const { clock, onVisibility, wayland } = this.#deps
    const hangs = this.#hasTray
    const window = createPageWindow('popover', {
      width: WIDTH,
      height: FIRST_HEIGHT,
      title: 'TokenTray',
      frame: !hangs,
      resizable: !hangs,
      minWidth: WIDTH,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: hangs,
      alwaysOnTop: hangs,
    })
    const showable = onceShowable(window, clock, () => {
      made.isShowable = true
      if (made.wanted === 'show') this.#reveal(made)
      else if (made.wanted === 'inactive') this.#revealInactive(made)
      else if (made.wanted === 'minimise') this.#minimise(made)
    })
    const made: Made = {
      ...{ window, hangs, showable, wanted: null },
      ...{ isUp: false, hasKeyboard: false, isShowable: false, isHeld: false },
    }
    this.#made = made
    window.on('close', (event) => {
      if (this.#mayClose) return
      event.preventDefault()
      this.hide()
    })
    window.on('blur', () => {
      // Told late on X11, of a window that was hidden and is shown again meanwhile.
      if (!made.hasKeyboard) return
      made.hasKeyboard = false
      const hideIfLeft = (): void => {
        if (window.isDestroyed() || window.isFocused()) return
        if (!hangs || window.webContents.isDevToolsOpened()) return
        // Else it would hide from the editor that it is being changed in.
        if (IS_DEV_BUILD && devServer !== null) return
        if (this.#holdsQuestion(made)) return
        if (made.isUp) this.#hiddenByBlur.hide()
        made.isUp = false
        window.hide()
      }
      this.#callOffBlur()
      if (wayland) this.#callOffBlur = clock.after(BLURRED_FOR_MS, hideIfLeft)
      else hideIfLeft()
    })
    window.on('focus', () => {
      made.hasKeyboard = true
      window.flashFrame(false)
    })
    window.on('show', onVisibility)
    window.on('minimize', onVisibility)
    window.on('restore', onVisibility)
    window.on('hide', () => {
      this.#position.keep()
      this.#removeLater(made)
      onVisibility()
    })
    window.on('closed', () => {
      // Another may have taken its place.
      if (this.#made === made) this.#made = null
      onVisibility()
    })
    return made
  }

  /** Destroys the window once it was hidden for a while and holds no question, whose answer may be half typed. */
  #removeLater(made: Made): void {
    // Electron tells of it again when a hidden window is hidden. A removal that nobody calls off takes a window in use.
    this.#callOffRemoval()
    this.#callOffRemoval = this.#deps.clock.after(KEEP_HIDDEN_MS, () => {
      if (this.#holdsQuestion(made)) this.#removeLater(made)
      else if (!made.window.isDestroyed()) made.window.destroy()
    })
  }

  #holdsQuestion = ({ isHeld }: Made): boolean => isHeld || this.#deps.isAsking()
}

/** Leads the page to an account, once it is loaded: before that it does not listen. */
function focusAccount(window: BrowserWindow, account: string): void {
  const tell = (): void => {
    send('popover', window, popoverContract, 'accountWanted', account)
  }
  if (window.webContents.isLoading()) window.webContents.once('did-finish-load', tell)
  else tell()
}
