import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { errorCode } from '../core/errors.ts'

/**
 * Makes a folder for its owner alone, and those above it that are missing; one that is there stays as it is. Not by
 * Node's `recursive`, which tries for ever where a system such as `/proc` takes no new folders, and has its own word
 * for a disk that can't be written to (https://github.com/nodejs/node/issues/47098).
 * @throws Error of the system's
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOne(folder)
  } catch (error) {
    const above = path.dirname(folder)
    const isMissing = errorCode(error) === 'ENOENT'
    if (!isMissing || above === folder) throw error
    // Another process may be making the same ones: what is there by now is as good as made.
    await makeFolder(above)
    await makeOne(folder)
  }
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    const isFolder = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    )
    if (!isFolder) throw error
  }
}
