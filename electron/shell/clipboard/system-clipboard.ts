import type { SystemClipboard } from './secret-clipboard.ts'

/**
 * The part of Electron's clipboard that is used here. From 44 on X11's other selection is an object of its own;
 * before that it is named in each call, and the calls answer at once.
 */
export interface ElectronClipboard {
  readText(type?: 'selection'): Promise<string> | string
  writeText(text: string): Promise<void> | void
  clear(type?: 'selection'): void
  readonly selection?: Pick<ElectronClipboard, 'readText' | 'clear'>
}

/** Electron's clipboard, together with the selection that Chromium fills beside it on Linux. */
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
