import { LoginError } from '../../core/errors.ts'
import type { SystemClipboard } from './secret-clipboard.ts'

/** Accesses the clipboard through another program. */
export interface OutsideClipboard {
  /** Whether the system lets a program copy without a focused window. */
  readonly canControl: Promise<boolean>
  /** Resolves to whether the text has arrived. */
  write(text: string): Promise<boolean>
  /** Resolves to the text; null when it can't be read. */
  read(): Promise<string | null>
  clear(): void
}

/**
 * Copies on Wayland. A compositor accepts text only from a program whose window was just used. It silently drops
 * Electron's other writes. Electron reads them back anyway, so only a read by another program counts. The outside program
 * leaves the primary selection alone.
 */
export class WaylandClipboard implements SystemClipboard {
  readonly #electron: SystemClipboard
  readonly #outside: OutsideClipboard
  readonly #hasFocus: () => boolean

  /** @param hasFocus returns whether one of our windows has the focus */
  constructor(electron: SystemClipboard, outside: OutsideClipboard, hasFocus: () => boolean) {
    this.#electron = electron
    this.#outside = outside
    this.#hasFocus = hasFocus
  }

  /** @throws LoginError when the text has not arrived */
  async writeText(text: string): Promise<void> {
    if (await this.#outside.write(text)) return
    await this.#electron.writeText(text)
    // Chromium fills the primary selection too, which a middle click pastes.
    this.#electron.selection?.clear()
    const seen = await this.#outside.read()
    if (seen === null ? this.#hasFocus() : seen === text) return
    this.#electron.clear()
    throw new LoginError('timeout', {
      message: 'Nothing was copied: your desktop lets only a window that you are using copy.',
      next: (await this.#outside.canControl)
        ? 'Press Copy in TokenTray’s window. With the package wl-clipboard the tray menu copies as well.'
        : 'Press Copy in TokenTray’s window.',
    })
  }

  async readText(): Promise<string> {
    return (await this.#outside.read()) ?? (await this.#electron.readText())
  }

  clear(): void {
    this.#outside.clear()
    this.#electron.clear()
  }
}
