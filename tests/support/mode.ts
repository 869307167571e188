import { stat } from 'node:fs/promises'
import { expect } from 'vitest'

/** Windows has no modes: what only they can show is not tested there. */
export const hasModes = process.platform !== 'win32'

/** Expects the permission bits of a file or folder, where there is such a thing. */
export async function expectMode(file: string, mode: number): Promise<void> {
  if (hasModes) expect((await stat(file)).mode & 0o777).toBe(mode)
}
