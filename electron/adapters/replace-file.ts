import { open, rename } from 'node:fs/promises'
import path from 'node:path'
import { wait } from '../core/concurrency/wait.ts'
import { errorCode } from '../core/errors.ts'
import type { Clock } from '../core/ports.ts'
import { systemClock } from './clock.ts'

/**
 * Readers, virus scanners and indexers have a file open for less than a second. It is counted in tries, because a
 * computer that is busy has made few of them in a second, and one more may be the one that succeeds.
 */
const RENAME_TRIES = 51
const RENAME_GAP_MS = 20

/**
 * Puts `text` into a file in one stroke, for its owner's eyes only. Resolves once it would survive a power cut.
 * Until then what was there stays.
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const draft = draftOf(file)
  const handle = await open(draft, 'w', 0o600)
  try {
    // A draft that a killed process left may be open to others.
    await handle.chmod(0o600)
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await renameOver(draft, file)
  await syncFolder(path.dirname(file))
}

export interface Renaming {
  readonly platform: NodeJS.Platform
  readonly clock: Clock
  readonly rename: (from: string, to: string) => Promise<void>
}

/**
 * Puts one file in place of another. Windows refuses that for as long as another program has the old one open, so
 * there it is tried for a second or more.
 * @throws Error of the system's
 */
export async function renameOver(
  from: string,
  to: string,
  { platform, clock, rename }: Renaming = real,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const isInUse = IN_USE.has(errorCode(error) ?? '')
      if (platform !== 'win32' || !isInUse || tries === RENAME_TRIES) throw error
      await wait(clock, RENAME_GAP_MS, new AbortController().signal)
    }
  }
}

const real: Renaming = { platform: process.platform, clock: systemClock, rename }
const IN_USE = new Set(['EPERM', 'EACCES', 'EBUSY'])

const draftOf = (file: string): string => `${file}.${String(process.pid)}.tmp`

/** Whether `name` is a draft of `file`, of this process or another. Both are names without a folder. */
export const isDraftOf = (file: string, name: string): boolean =>
  name.startsWith(`${file}.`) && /^\d+\.tmp$/.test(name.slice(file.length + 1))

/** Makes a rename outlast a power cut, where the system lets a folder be synced at all (Windows does not). */
async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r').catch(() => null)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}
