import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Clock, Locks } from '../core/ports.ts'
import { wait } from '../core/login/wait.ts'
import { makeFolder } from './make-folder.ts'

const POLL_MS = 50
const DRAFT = '.draft-'

/**
 * Locks between processes, as files `NAME.1`, `NAME.2`, …: who made the highest holds the lock for as long as its
 * process lives and the file is not empty. A file with the next number is made by exactly one process (`link`
 * refuses to replace), and the highest is never deleted, so the numbers only grow and a lock left by a dead
 * process can be taken over without a moment in which two hold it.
 */
export class LockFiles implements Locks {
  readonly #dir: string
  readonly #clock: Clock

  constructor(dir: string, clock: Clock) {
    this.#dir = dir
    this.#clock = clock
  }

  async acquire(name: string, signal: AbortSignal, onWait?: () => void): Promise<() => Promise<void>> {
    await makeFolder(this.#dir)
    for (let tries = 0; ; tries++) {
      signal.throwIfAborted()
      const mine = await this.#tryAcquire(name)
      if (mine !== null) return () => writeFile(mine, '')
      if (tries === 0) onWait?.()
      await wait(this.#clock, POLL_MS, signal)
    }
  }

  /** The path of the lock file made, or null while another holds the lock. */
  async #tryAcquire(name: string): Promise<string | null> {
    const before = await this.#numbers(name)
    const highest = before.at(-1) ?? 0
    if (highest > 0 && (await isHeld(this.#path(name, highest)))) return null
    const mine = this.#path(name, highest + 1)
    if (!(await this.#create(mine))) return null
    // Somebody quicker may have come and gone between our look and our file, and taken the numbers further.
    const after = await this.#numbers(name)
    if (after.at(-1) !== highest + 1) {
      await rm(mine, { force: true })
      return null
    }
    await Promise.all(before.map((number) => rm(this.#path(name, number), { force: true })))
    await this.#removeOrphans()
    return mine
  }

  /** Removes the drafts of processes that were killed in the moment between writing one and linking it. */
  async #removeOrphans(): Promise<void> {
    for (const file of await readdir(this.#dir)) {
      const draft = path.join(this.#dir, file)
      if (file.startsWith(DRAFT) && (await isOrphan(draft))) await rm(draft, { force: true })
    }
  }

  async #create(file: string): Promise<boolean> {
    const draft = path.join(this.#dir, `${DRAFT}${randomUUID()}`)
    await writeFile(draft, owner(process.pid), { mode: 0o600 })
    try {
      await link(draft, file)
      return true
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
      throw error
    } finally {
      await rm(draft, { force: true })
    }
  }

  async #numbers(name: string): Promise<number[]> {
    return (await readdir(this.#dir))
      .filter((file) => file.startsWith(`${name}.`))
      .map((file) => Number(file.slice(name.length + 1)))
      .filter((number) => Number.isSafeInteger(number))
      .sort((a, b) => a - b)
  }

  #path(name: string, number: number): string {
    return path.join(this.#dir, `${name}.${String(number)}`)
  }
}

/** Gone since we looked means that there is a higher one by now: held, and looking again will tell. */
async function isHeld(file: string): Promise<boolean> {
  const text = await textOf(file)
  return text === null || (text !== '' && lives(text))
}

/** A draft that is empty yet is being written. */
async function isOrphan(draft: string): Promise<boolean> {
  const text = await textOf(draft)
  return text !== null && text !== '' && !lives(text)
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return null
  }
}

/** Whether the owner that a file names is still running. */
function lives(text: string): boolean {
  const pid = Number.parseInt(text, 10)
  return isAlive(pid) && owner(pid) === text
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** A process by its number and, where the system tells, its start: numbers are given out again. */
function owner(pid: number): string {
  try {
    // The name in the second field may hold anything; what follows its closing bracket is plain numbers.
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    const startTicks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${String(pid)} ${startTicks ?? ''}`
  } catch {
    return String(pid)
  }
}
