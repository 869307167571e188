import { LoginError } from '../../core/errors.ts'
import type { SystemClipboard } from './secret-clipboard.ts'

/** The clipboard as other programs have it. */
export interface OutsideClipboard {
  /** Whether the system lets a program without a window in front copy. */
  readonly canControl: Promise<boolean>
  /** Whether the text has arrived. */
  write(text: string): Promise<boolean>
  /** Null when that can't be found out. */
  read(): Promise<string | null>
  clear(): void
}

/**
 * Wayland's clipboard. A compositor takes a text only from a program whose window was just used. What Electron writes
 * at another time is dropped in silence, and it reads back all the same, so only a look from outside counts.
 */
export class WaylandClipboard implements SystemClipboard {
  readonly #electron: SystemClipboard
  readonly #outside: OutsideClipboard
  readonly #hasFocus: () => boolean

  /** @param hasFocus whether the user is in a window of ours */
  constructor(electron: SystemClipboard, outside: OutsideClipboard, hasFocus: () => boolean) {
    this.#electron = electron
    this.#outside = outside
    this.#hasFocus = hasFocus
  }

  /** @throws LoginError when the text has not arrived */
  async writeText(text: string): Promise<void> {
    if (await this.#outside.write(text)) return
    await this.#electron.writeText(text)
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
