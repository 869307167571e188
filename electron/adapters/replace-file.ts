import { open, rename } from 'node:fs/promises'
import path from 'node:path'

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
  await rename(draft, file)
  await syncFolder(path.dirname(file))
}

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
