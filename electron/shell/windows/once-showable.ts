import type { BrowserWindow } from 'electron'
import type { Clock } from '../../core/ports.ts'

/** A window is shown by then, painted or not: an empty one that fills is better than none, ms. */
const SHOW_WITHIN_MS = 1_000

/** The part of a window that is used. */
export interface Showable {
  readonly isDestroyed: BrowserWindow['isDestroyed']
  once(event: 'ready-to-show', listener: () => void): unknown
  readonly webContents: { once(event: 'did-finish-load', listener: () => void): unknown }
}

/**
 * Calls `show` once, when a new window has something to show. Its page being loaded counts as well, because on Wayland
 * `ready-to-show` may wait until the window is shown (https://github.com/electron/electron/issues/48859). So does a
 * second, because a broker's page may take long to load.
 * @returns what calls it sooner, for a page that says that it has content
 */
export function onceShowable(window: Showable, clock: Clock, show: () => void): () => void {
  let isDone = false
  const showOnce = (): void => {
    if (isDone) return
    isDone = true
    cancel()
    if (!window.isDestroyed()) show()
  }
  const cancel = clock.after(SHOW_WITHIN_MS, showOnce)
  window.once('ready-to-show', showOnce)
  window.webContents.once('did-finish-load', showOnce)
  return showOnce
}
