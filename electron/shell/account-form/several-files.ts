import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { dialog, type BrowserWindow } from 'electron'
import { errorCode, InputError } from '../../core/errors.ts'
import type { SeveralFile } from './several.ts'
import { readUpToLimit } from './sources.ts'

/** Has the user choose files, or a folder of `.env` files; null when they cancel. */
export async function chooseSeveral(
  source: 'files' | 'folder',
  window: BrowserWindow,
): Promise<readonly SeveralFile[] | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: source === 'files' ? 'Choose .env files or pictures of QR codes' : 'Choose a folder of .env files',
    properties:
      source === 'files'
        ? ['openFile', 'multiSelections', 'showHiddenFiles']
        : ['openDirectory', 'showHiddenFiles'],
  })
  const [first] = filePaths
  if (first === undefined) return null
  return source === 'files' ? filePaths.map(fileAt) : envFilesIn(first)
}

const isEnvFile = (name: string): boolean =>
  /(?:^|\.)env(?:\.|$)/i.test(name) && !/\.(?:example|sample|template|dist)$/i.test(name)

const fileAt = (file: string): SeveralFile => ({ from: path.basename(file), read: () => readUpToLimit(file) })

/** Returns the `.env` files in a folder, or one that tells why there are none. */
async function envFilesIn(folder: string): Promise<readonly SeveralFile[]> {
  const refused = (why: string): readonly SeveralFile[] => [
    { from: path.basename(folder), read: () => Promise.reject(new InputError({ file: why })) },
  ]
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const names = entries.flatMap((entry) =>
      !entry.isDirectory() && isEnvFile(entry.name) ? [entry.name] : [],
    )
    if (names.length === 0) return refused('found no file here whose name ends in .env or begins with it')
    return names.sort().map((name) => fileAt(path.join(folder, name)))
  } catch (error) {
    return refused(`can’t read this folder (${errorCode(error) ?? 'unknown error'})`)
  }
}
