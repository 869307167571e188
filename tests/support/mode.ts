import { stat } from 'node:fs/promises'
import { expect } from 'vitest'

/** Windows has no file modes, so tests of modes are skipped there. */
export const hasModes = process.platform !== 'win32'

/** Asserts the permission bits of a file or folder, on systems that have them. */
export async function expectMode(file: string, mode: number): Promise<void> {
  if (hasModes) expect((await stat(file)).mode & 0o777).toBe(mode)
}
