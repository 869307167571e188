import type { SystemClipboard } from './secret-clipboard.ts'

/**
 * The part of Electron's clipboard that is used. Since Electron 44 X11's primary selection is a separate object.
 * Before, each call names it and returns synchronously.
 */
export interface ElectronClipboard {
  readText(type?: 'selection'): Promise<string> | string
  writeText(text: string): Promise<void> | void
  clear(type?: 'selection'): void
  readonly selection?: Pick<ElectronClipboard, 'readText' | 'clear'>
}

/** Returns Electron's clipboard, on Linux with the primary selection that Chromium fills beside it. */
export function systemClipboard(electron: ElectronClipboard, platform: NodeJS.Platform): SystemClipboard {
  const older: SystemClipboard['selection'] = {
    readText: async () => electron.readText('selection'),
    clear: () => {
      electron.clear('selection')
    },
  }
  const { selection } = electron
  const newer: SystemClipboard['selection'] = selection && {
    readText: async () => selection.readText(),
    clear: () => {
      selection.clear()
    },
  }
  return {
    readText: async () => electron.readText(),
    writeText: async (text) => electron.writeText(text),
    clear: () => {
      electron.clear()
    },
    ...(platform === 'linux' && { selection: newer ?? older }),
  }
}
