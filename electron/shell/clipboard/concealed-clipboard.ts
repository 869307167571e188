import type { SystemClipboard } from './secret-clipboard.ts'

/** The part of Electron's newer clipboard that is used; older ones (33) write one format at a time. */
export interface MarkingClipboard extends SystemClipboard {
  write(items: object[]): Promise<void>
}

/** Electron's class `ClipboardItem`. */
export type MakeItem = new (contents: Record<string, string | Blob>) => object

/** The number 0 in four bytes, which means "no". */
const NO = new Uint8Array(4)

/**
 * The formats that keep a copy out of clipboard histories, by name for each system.
 * Windows: https://learn.microsoft.com/en-us/windows/win32/dataxchg/clipboard-formats#cloud-clipboard-and-clipboard-history-formats
 * macOS, a convention of its clipboard managers: http://nspasteboard.org
 * Linux: KDE's Klipper, and others that follow it (https://phabricator.kde.org/D12539). GNOME keeps no history of its
 * own and has no mark.
 */
const marks: Partial<Record<NodeJS.Platform, Readonly<Record<string, Uint8Array<ArrayBuffer>>>>> = {
  win32: {
    ExcludeClipboardContentFromMonitorProcessing: NO,
    CanIncludeInClipboardHistory: NO,
    CanUploadToCloudClipboard: NO,
  },
  darwin: {
    'org.nspasteboard.ConcealedType': new Uint8Array(1),
    'org.nspasteboard.TransientType': new Uint8Array(1),
  },
  linux: { 'x-kde-passwordManagerHint': new TextEncoder().encode('secret') },
}

/**
 * Returns a clipboard that marks each text as not to be kept, where system and Electron support it
 * (https://www.electronjs.org/docs/latest/api/clipboard, `electron application/osclipboard`). Where marking fails
 * it writes the text alone, because a copy in the history is better than none.
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
  const { selection } = clipboard
  return {
    readText: () => clipboard.readText(),
    clear: () => {
      clipboard.clear()
    },
    ...(selection !== undefined && { selection }),
    writeText: async (text) => {
      try {
        await clipboard.write([new ClipboardItem({ 'text/plain': text, ...Object.fromEntries(marked) })])
        if ((await clipboard.readText()) === text) return
      } catch {
        // The text is written without marks below.
      }
      await clipboard.writeText(text)
    },
  }
}
