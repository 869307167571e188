import { open } from 'node:fs/promises'
import path from 'node:path'
import { clipboard, dialog, type BrowserWindow, type FileFilter, type Point } from 'electron'
import type { ImportSource } from '../../contract/account-form.ts'
import { MAX_FILE_BYTES } from '../../contract/fields.ts'
import { errorCode, InputError } from '../../core/errors.ts'
import type { Clock } from '../../core/ports.ts'
import { CLIPBOARD, type Fetched } from './imports.ts'
import { captureScreen } from './screen-picture.ts'

/**
 * Fetches the bytes that the user wants to import; null when they cancel.
 * @param menuAt where a menu opens in the window's page, in CSS pixels; null for at the mouse
 * @throws InputError when the source can't be read
 */
export function fetchFrom(
  source: ImportSource,
  window: BrowserWindow,
  clock: Clock,
  menuAt: Point | null,
): Promise<Fetched | null> {
  switch (source) {
    case 'picture':
      return chooseFile(window, 'Choose a picture of the QR code', [
        { name: 'Pictures', extensions: ['png', 'jpg', 'jpeg', 'PNG', 'JPG', 'JPEG'] },
        everyFile,
      ])
    case 'env-file':
      return chooseFile(window, 'Choose a .env file', [everyFile])
    case 'clipboard':
      return fromClipboard()
    case 'screen':
      return captureScreen(window, clock, menuAt)
  }
}

const everyFile: FileFilter = { name: 'All files', extensions: ['*'] }

async function chooseFile(
  window: BrowserWindow,
  title: string,
  filters: FileFilter[],
): Promise<Fetched | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title,
    filters,
    properties: ['openFile', 'showHiddenFiles'],
  })
  const [file] = filePaths
  if (file === undefined) return null
  return { bytes: await readUpToLimit(file), from: path.basename(file) }
}

/**
 * Reads at most one byte more than the limit, so that a file that is too large is refused as such.
 * @throws InputError for `file` when it can't be read
 */
export async function readUpToLimit(file: string): Promise<Uint8Array> {
  try {
    const handle = await open(file)
    try {
      // Reading a device or a pipe might never end.
      if (!(await handle.stat()).isFile()) throw cantBeRead('no ordinary file')
      const buffer = Buffer.alloc(MAX_FILE_BYTES + 1)
      let length = 0
      for (;;) {
        const { bytesRead } = await handle.read(buffer, length, buffer.length - length)
        length += bytesRead
        if (bytesRead === 0 || length === buffer.length) return buffer.subarray(0, length)
      }
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (error instanceof InputError) throw error
    throw cantBeRead(errorCode(error) ?? 'unknown error')
  }
}

const cantBeRead = (why: string): InputError => new InputError({ file: `can’t read this file (${why})` })

async function fromClipboard(): Promise<Fetched> {
  const picture = await pictureOnClipboard()
  if (picture !== null) return { bytes: picture, from: CLIPBOARD, isPicture: true }
  const text = await clipboard.readText()
  if (text.trim() === '')
    throw new InputError({ clipboard: 'found neither a picture nor text on the clipboard' })
  return { bytes: Buffer.from(text), from: CLIPBOARD }
}

/** Returns the picture as PNG bytes; null for none. Electron before 45 has a synchronous `readBuffer` and another `read`. */
async function pictureOnClipboard(): Promise<Uint8Array | null> {
  const readBuffer: unknown = Reflect.get(clipboard, 'readBuffer')
  if (typeof readBuffer === 'function') {
    const bytes: unknown = Reflect.apply(readBuffer, clipboard, ['image/png'])
    return bytes instanceof Uint8Array && bytes.length > 0 ? bytes : null
  }
  const item = (await clipboard.read()).find(({ types }) => types.includes('image/png'))
  if (item === undefined) return null
  return new Uint8Array(await (await item.getType('image/png')).arrayBuffer())
}
