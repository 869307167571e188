import { randomUUID } from 'node:crypto'
import { open, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { wait } from '../core/concurrency/wait.ts'
import { errorCode } from '../core/errors.ts'
import type { Clock } from '../core/ports.ts'
import { systemClock } from './clock.ts'
import { removeFile } from './remove-file.ts'

/**
 * The number of tries, because readers, virus scanners and indexers have a file open for less than a second. Tries and
 * not time, so that a busy computer gets as many as another.
 */
const RENAME_TRIES = 51
const RENAME_GAP_MS = 20

/**
 * Replaces a file with `text` atomically, readable by its owner alone. Resolves once the file survives a power cut;
 * until then the old content stays.
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`
  // Fails where there is a file or a link of that name, which nobody can guess.
  const handle = await open(draft, 'wx', 0o600)
  try {
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await renameOver(draft, file)
  } catch (error) {
    await removeFile(draft)
    throw error
  }
  await syncFolder(path.dirname(file))
}

export interface Renaming {
  readonly platform: NodeJS.Platform
  readonly clock: Clock
  readonly rename: (from: string, to: string) => Promise<void>
}

/**
 * Renames a file over another. Retries for a second or more on Windows, which refuses while a program has the old file
 * open.
 * @throws Error of the system
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

/** Removes the drafts of `file` that killed processes left. The caller holds the lock that all its writers take. */
export async function removeDrafts(file: string): Promise<void> {
  const { dir, base } = path.parse(file)
  const names = await readdir(dir)
  const drafts = names.filter((name) => name.startsWith(`${base}.`) && DRAFT.test(name.slice(base.length)))
  await Promise.all(drafts.map((name) => removeFile(path.join(dir, name))))
}

/** The end of a draft's name; earlier versions named drafts by their process. */
const DRAFT = /^\.(\d+|[\da-f-]{36})\.tmp$/

/** Makes a rename survive a power cut. Windows can't sync a folder. */
async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r').catch(() => null)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}
