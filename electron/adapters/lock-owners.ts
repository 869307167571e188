import { constants, readFileSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { errorCode } from '../core/errors.ts'
import { removeFile } from './remove-file.ts'

/** Identifies the process that made a lock file, so that no later process is mistaken for it. */
export interface LockOwners {
  /** Starts a proof that this process lives, named by `text`; it ends with the process at the latest. */
  prove(): Promise<{ readonly text: string; readonly end: () => Promise<void> }>
  /** Tells whether the process that wrote `text` still lives. */
  lives(text: string): Promise<boolean>
}

/** The prefix of files that prove that a process lives. */
export const PROOF = '.alive-'

/** Returns how lock files in `dir` identify their process on a platform. */
export function ownersFor(platform: NodeJS.Platform, dir: string): LockOwners {
  const flags = lockFlags[platform]
  return flags === undefined ? procOwners : heldFileOwners(dir, flags)
}

/** Identifies a Linux process by number, start (ticks since boot) and boot, because numbers are reused. */
const procOwners: LockOwners = {
  prove: () => Promise.resolve({ text: procOwner(process.pid), end: () => Promise.resolve() }),
  lives: (text) => {
    const pid = Number.parseInt(text, 10)
    return Promise.resolve(isAlive(pid) && procOwner(pid) === text)
  },
}

function procOwner(pid: number): string {
  try {
    // The second field is the name, which may contain anything; after its closing bracket come plain numbers.
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    const startTicks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${String(pid)} ${startTicks ?? ''} ${boot}`
  } catch {
    return String(pid)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

interface LockFlags {
  /** Opens a file exclusively. */
  readonly exclusive: number
  /** Fails while another process has the file open exclusively. */
  readonly probe: number
}

/**
 * Windows and macOS do not tell when another process began, but close its files when it ends in any way. Node has no
 * names for these flags and passes them on:
 * https://docs.libuv.org/en/v1.x/fs.html#c.UV_FS_O_EXLOCK (Windows: a share mode of 0) and open(2) of macOS
 * (`O_EXLOCK` 0x20, `O_SHLOCK` 0x10).
 */
const lockFlags: Partial<Record<NodeJS.Platform, LockFlags>> = {
  win32: { exclusive: 0x10000000, probe: 0 },
  darwin: { exclusive: 0x20 | constants.O_NONBLOCK, probe: 0x10 | constants.O_NONBLOCK },
}

type Open = (file: string, flags: number) => Promise<Pick<FileHandle, 'close'>>

/** Proves each lock by a file that its process keeps open. */
export function heldFileOwners(dir: string, flags: LockFlags, openFile: Open = openPrivate): LockOwners {
  return {
    prove: async () => {
      const name = `${PROOF}${crypto.randomUUID()}`
      const file = path.join(dir, name)
      const handle = await openFile(
        file,
        constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | flags.exclusive,
      )
      const end = async (): Promise<void> => {
        await handle.close()
        await removeFile(file)
      }
      return { text: `${String(process.pid)} ${name}`, end }
    },
    lives: async (text) => {
      const name = /\.alive-[\da-f-]+$/.exec(text)?.[0]
      if (name === undefined) return false
      try {
        await (await openFile(path.join(dir, name), constants.O_RDONLY | flags.probe)).close()
        return false
      } catch (error) {
        // Only a missing file proves that the process ended; EBUSY (Windows) or EAGAIN (macOS) does not.
        return errorCode(error) !== 'ENOENT'
      }
    },
  }
}

const openPrivate: Open = (file, flags) => open(file, flags, 0o600)
