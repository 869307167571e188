import * as electron from 'electron'
import { BrowserWindow, clipboard } from 'electron'
import type { Clock } from '../core/ports.ts'
import type { SystemClipboard } from '../shell/clipboard/secret-clipboard.ts'
import { systemClipboard } from '../shell/clipboard/system-clipboard.ts'

/** Opens this system's clipboard and loads only the code that the system needs. */
export async function textClipboard(clock: Clock, wayland: boolean): Promise<SystemClipboard> {
  const marked = await markedClipboard()
  if (!wayland) return marked
  const [{ WaylandClipboard }, { WlClipboard }] = await Promise.all([
    import('../shell/clipboard/wayland-clipboard.ts'),
    import('../adapters/wl-clipboard.ts'),
  ])
  const hasFocus = (): boolean => BrowserWindow.getFocusedWindow() !== null
  return new WaylandClipboard(marked, new WlClipboard(clock), hasFocus)
}

async function markedClipboard(): Promise<SystemClipboard> {
  const plain = systemClipboard(clipboard, process.platform)
  // Not imported by name, because older versions of Electron lack `ClipboardItem`.
  const { ClipboardItem } = electron
  if (typeof ClipboardItem !== 'function') return plain
  const { concealing } = await import('../shell/clipboard/concealed-clipboard.ts')
  const write = (items: electron.ClipboardItem[]): Promise<void> => clipboard.write(items)
  return concealing({ ...plain, write }, ClipboardItem, process.platform)
}
