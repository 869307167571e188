/** The part of Electron's `BrowserWindow` that is used. */
export interface ProtectedWindow {
  setContentProtection(enable: boolean): void
}

/**
 * Keeps windows out of screenshots and shared screens. It works on Windows. On macOS it works for older recorders;
 * ScreenCaptureKit (macOS 15 and later) captures the windows anyway. On Linux Electron does nothing
 * (https://www.electronjs.org/docs/latest/api/browser-window#winsetcontentprotectionenable-macos-windows,
 * https://github.com/electron/electron/issues/48258).
 */
export class Capture {
  readonly #windows: () => readonly ProtectedWindow[]
  #hide = false

  /** @param windows returns all open windows */
  constructor(windows: () => readonly ProtectedWindow[]) {
    this.#windows = windows
  }

  hide(hide: boolean): void {
    if (hide === this.#hide) return
    this.#hide = hide
    for (const window of this.#windows()) this.opened(window)
  }

  /** Applies the setting to a new window. */
  opened(window: ProtectedWindow): void {
    window.setContentProtection(this.#hide)
  }
}
