import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'

/**
 * Makes a folder for its owner alone, and those above it that are missing; one that is there stays as it is. Not by
 * Node's `recursive`, which tries for ever where a system such as `/proc` takes no new folders, and has its own word
 * for a disk that can't be written to (https://github.com/nodejs/node/issues/47098).
 * @throws Error of the system's
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (await isFolder(folder)) return
    const above = path.dirname(folder)
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isMissing || above === folder || (await isFolder(above))) throw error
    await makeFolder(above)
    await makeFolder(folder)
  }
}

const isFolder = (place: string): Promise<boolean> =>
  stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  )
