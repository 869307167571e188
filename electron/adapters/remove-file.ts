import { unlink } from 'node:fs/promises'
import { errorCode } from '../core/errors.ts'

/**
 * Removes a file, if it is there. Node's `rm` would examine it first, and load what removes folders: a lock is made and
 * removed several times in each login.
 * @throws Error of the system
 */
export async function removeFile(file: string): Promise<void> {
  try {
    await unlink(file)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
}
