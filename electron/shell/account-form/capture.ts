/** The part of a window that is used. */
export interface ProtectedWindow {
  setContentProtection(enable: boolean): void
}

/**
 * Keeps windows out of screenshots and shared screens. Windows leaves them out; macOS does for older recorders, while
 * newer ones (ScreenCaptureKit, from macOS 15 on) see them all the same; Linux has no such thing, and Electron does
 * nothing there (https://www.electronjs.org/docs/latest/api/browser-window#winsetcontentprotectionenable-macos-windows,
 * https://github.com/electron/electron/issues/48258).
 */
export class Capture {
  readonly #windows: () => readonly ProtectedWindow[]
  #hide = false

  /** @param windows all that are open */
  constructor(windows: () => readonly ProtectedWindow[]) {
    this.#windows = windows
  }

  hide(hide: boolean): void {
    if (hide === this.#hide) return
    this.#hide = hide
    for (const window of this.#windows()) this.opened(window)
  }

  /** To be told of every new window. */
  opened(window: ProtectedWindow): void {
    window.setContentProtection(this.#hide)
  }
}
