import type { SystemClipboard } from './secret-clipboard.ts'

/** The part of Electron's newer clipboard that is used; older ones (33) write text and nothing else. */
export interface MarkingClipboard extends SystemClipboard {
  write(items: object[]): Promise<void>
}

/** Electron's class of that name. */
export type MakeItem = new (contents: Record<string, string | Blob>) => object

/** Four bytes of the number 0, which is "no". */
const NO = new Uint8Array(4)

/**
 * What keeps a copy out of histories of the clipboard, by the format's name in each system.
 * Windows: https://learn.microsoft.com/en-us/windows/win32/dataxchg/clipboard-formats#cloud-clipboard-and-clipboard-history-formats
 * macOS, whose clipboard managers have agreed on it: http://nspasteboard.org
 */
const marks: Partial<Record<NodeJS.Platform, Readonly<Record<string, Uint8Array<ArrayBuffer>>>>> = {
  win32: {
    ExcludeClipboardContentFromMonitorProcessing: NO,
    CanIncludeInClipboardHistory: NO,
    CanUploadToCloudClipboard: NO,
  },
  darwin: { 'org.nspasteboard.ConcealedType': new Uint8Array(1) },
}

/**
 * The system's clipboard, with what is written marked as nothing to keep where the system knows such a mark and this
 * Electron can set it (https://www.electronjs.org/docs/latest/api/clipboard, `electron application/osclipboard`).
 * Where marking fails the text is written alone: a copy that is kept is better than none.
 */
export function concealing(
  clipboard: MarkingClipboard,
  ClipboardItem: MakeItem | undefined,
  platform: NodeJS.Platform,
): SystemClipboard {
  const formats = marks[platform]
  if (formats === undefined || ClipboardItem === undefined) return clipboard
  const marked = Object.entries(formats).map(
    ([name, bytes]) => [`electron application/osclipboard;format="${name}"`, new Blob([bytes])] as const,
  )
  return {
    readText: () => clipboard.readText(),
    clear: () => {
      clipboard.clear()
    },
    writeText: async (text) => {
      try {
        await clipboard.write([new ClipboardItem({ 'text/plain': text, ...Object.fromEntries(marked) })])
        if ((await clipboard.readText()) === text) return
      } catch {
        // Written without marks below.
      }
      await clipboard.writeText(text)
    },
  }
}
