import * as electron from 'electron'
import { BrowserWindow, clipboard } from 'electron'
import type { Clock } from '../core/ports.ts'
import type { SystemClipboard } from '../shell/clipboard/secret-clipboard.ts'
import { systemClipboard } from '../shell/clipboard/system-clipboard.ts'

/** Opens this system's clipboard and loads only the code that the system needs. */
export async function textClipboard(clock: Clock, wayland: boolean): Promise<SystemClipboard> {
  if (wayland) {
    const [{ WaylandClipboard }, { WlClipboard }] = await Promise.all([
      import('../shell/clipboard/wayland-clipboard.ts'),
      import('../adapters/wl-clipboard.ts'),
    ])
    const hasFocus = (): boolean => BrowserWindow.getFocusedWindow() !== null
    return new WaylandClipboard(clipboard, new WlClipboard(clock), hasFocus)
  }
  if (process.platform === 'linux') return systemClipboard(clipboard, process.platform)
  const { concealing } = await import('../shell/clipboard/concealed-clipboard.ts')
  // Not imported by name, because older versions of Electron lack `ClipboardItem`.
  return concealing(clipboard, electron.ClipboardItem, process.platform)
}
