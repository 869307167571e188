import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { errorCode } from '../core/errors.ts'

/**
 * Makes a folder and its missing parents for their owner alone; leaves an existing folder as it is. Does not use Node's
 * `recursive`, because that never ends where `/proc` takes no new folders. It also misreports a disk that can't be
 * written to (https://github.com/nodejs/node/issues/47098).
 * @throws Error of the system
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOne(folder)
  } catch (error) {
    const above = path.dirname(folder)
    const isMissing = errorCode(error) === 'ENOENT'
    if (!isMissing || above === folder) throw error
    await makeFolder(above)
    await makeOne(folder)
  }
}

/** Accepts a folder that exists by now, because another process may have made it. */
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
