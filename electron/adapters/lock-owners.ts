import { randomUUID } from 'node:crypto'
import { constants, readFileSync } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { errorCode } from '../core/errors.ts'

/** How a lock file names the process that made it, so that no later process can be taken for it. */
export interface LockOwners {
  /** Begins to prove that this process lives; `text` names the proof, which ends with the process at the latest. */
  prove(): Promise<{ readonly text: string; readonly end: () => Promise<void> }>
  /** Whether the process that wrote `text` still lives. */
  lives(text: string): Promise<boolean>
}

/** Beginning of the names of files that prove that a process lives. */
export const PROOF = '.alive-'

export function ownersFor(platform: NodeJS.Platform, dir: string): LockOwners {
  const flags = lockFlags[platform]
  return flags === undefined ? procOwners : heldFileOwners(dir, flags)
}

/** Linux: the process number with its start (ticks since boot) and the boot, because numbers are given out again. */
const procOwners: LockOwners = {
  prove: () => Promise.resolve({ text: procOwner(process.pid), end: () => Promise.resolve() }),
  lives: (text) => {
    const pid = Number.parseInt(text, 10)
    return Promise.resolve(isAlive(pid) && procOwner(pid) === text)
  },
}

function procOwner(pid: number): string {
  try {
    // The name in the second field may hold anything; what follows its closing bracket is plain numbers.
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
  /** Opens for this process alone. */
  readonly exclusive: number
  /** Fails while another process has it open for itself alone. */
  readonly probe: number
}

/**
 * Windows and macOS tell no program when another began, but take a file away from its process when that ends, however
 * it ends. Node names neither flag and hands both on:
 * https://docs.libuv.org/en/v1.x/fs.html#c.UV_FS_O_EXLOCK (Windows: a share mode of 0) and open(2) of macOS
 * (`O_EXLOCK` 0x20, `O_SHLOCK` 0x10).
 */
const lockFlags: Partial<Record<NodeJS.Platform, LockFlags>> = {
  win32: { exclusive: 0x10000000, probe: 0 },
  darwin: { exclusive: 0x20 | constants.O_NONBLOCK, probe: 0x10 | constants.O_NONBLOCK },
}

type Open = (file: string, flags: number) => Promise<Pick<FileHandle, 'close'>>

/** Each lock is proved by a file of its own, which its process keeps open. */
export function heldFileOwners(dir: string, flags: LockFlags, openFile: Open = openPrivate): LockOwners {
  return {
    prove: async () => {
      const name = `${PROOF}${randomUUID()}`
      const file = path.join(dir, name)
      const handle = await openFile(file, constants.O_RDWR | constants.O_CREAT | flags.exclusive)
      const end = async (): Promise<void> => {
        await handle.close()
        await rm(file, { force: true })
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
        // Anything but that it is gone, such as EBUSY on Windows or EAGAIN on macOS, is no proof of an end.
        return errorCode(error) !== 'ENOENT'
      }
    },
  }
}

const openPrivate: Open = (file, flags) => open(file, flags, 0o600)
