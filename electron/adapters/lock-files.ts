import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { link, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Clock, Locks } from '../core/ports.ts'
import { wait } from '../core/concurrency/wait.ts'
import { errorCode } from '../core/errors.ts'
import { LockHeld } from './lock-held.ts'
import { ownersFor, PROOF, type LockOwners } from './lock-owners.ts'
import { makeFolder } from './make-folder.ts'
import { removeFile } from './remove-file.ts'
import { NO_FOLLOW } from './trusted-folder.ts'

const POLL_MS = 50

/** Polls of the same holder of a brief lock before it counts as stuck, which take just under ten seconds. */
const BRIEF_POLLS = 190
const DRAFT = '.draft-'

/** The result of one try: the lock file made, or the path of the file that holds the lock, null when not seen. */
type Attempt =
  | { readonly mine: string; readonly end: () => Promise<void> }
  | { readonly holder: string | null }

/** Locks that every process holds only for a moment. */
export interface BriefLocks {
  /**
   * Waits until `name` is free and returns what releases it.
   * @throws LockHeld when the same holder keeps it for ten seconds
   */
  acquireBriefly(name: string): Promise<() => Promise<void>>
}

/**
 * Locks between processes by files `NAME.1`, `NAME.2`, …. The process that made the highest holds the lock while it
 * lives and the file is not empty. Exactly one process makes the next file, because `link` refuses to replace. The
 * highest file is never deleted, so the numbers only grow. A lock left by a dead process is therefore taken over
 * without a moment in which two hold it.
 */
export class LockFiles implements Locks, BriefLocks {
  readonly #dir: string
  readonly #clock: Clock
  readonly #owners: LockOwners

  constructor(dir: string, clock: Clock, owners: LockOwners = ownersFor(process.platform, dir)) {
    this.#dir = dir
    this.#clock = clock
    this.#owners = owners
  }

  acquire(name: string, signal: AbortSignal, onWait?: () => void): Promise<() => Promise<void>> {
    return this.#acquire(name, signal, Infinity, onWait)
  }

  acquireBriefly(name: string): Promise<() => Promise<void>> {
    return this.#acquire(name, new AbortController().signal, BRIEF_POLLS)
  }

  async #acquire(
    name: string,
    signal: AbortSignal,
    maxPolls: number,
    onWait?: () => void,
  ): Promise<() => Promise<void>> {
    let stuck: { readonly holder: string | null; readonly polls: number } = { holder: null, polls: 0 }
    for (let tries = 0; ; tries++) {
      signal.throwIfAborted()
      const result = await this.#tryAcquire(name)
      if ('mine' in result) return result.end
      const { holder } = result
      // Each new holder makes a new file, so only the same file means that the lock is stuck.
      stuck = { holder, polls: holder === stuck.holder ? stuck.polls + 1 : 1 }
      if (holder !== null && stuck.polls > maxPolls) throw new LockHeld(holder, (await textOf(holder)) ?? '')
      if (tries === 0) onWait?.()
      await wait(this.#clock, POLL_MS, signal)
    }
  }

  async #tryAcquire(name: string): Promise<Attempt> {
    const before = numbersOf(name, await this.#files())
    const highest = before.at(-1) ?? 0
    const current = this.#path(name, highest)
    if (highest > 0 && (await this.#isHeld(current))) return { holder: current }
    const mine = this.#path(name, highest + 1)
    const proof = await this.#owners.prove()
    if (!(await this.#create(mine, proof.text))) {
      await proof.end()
      return { holder: null }
    }
    // Another process may have held and released the lock since `before` was read, and raised the numbers.
    const names = await readdir(this.#dir)
    if (numbersOf(name, names).at(-1) !== highest + 1) {
      await removeFile(mine)
      await proof.end()
      return { holder: null }
    }
    await Promise.all(before.map((number) => removeFile(this.#path(name, number))))
    await this.#removeOrphans(names)
    const end = async (): Promise<void> => {
      await writeFile(mine, '', { flag: constants.O_WRONLY | constants.O_TRUNC | NO_FOLLOW })
      await proof.end()
    }
    return { mine, end }
  }

  /** Returns what the folder holds, which is made when there is none. */
  async #files(): Promise<readonly string[]> {
    try {
      return await readdir(this.#dir)
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error
      await makeFolder(this.#dir)
      return []
    }
  }

  /** Counts a file that is gone as held, because a higher one exists by now and the next poll sees it. */
  async #isHeld(file: string): Promise<boolean> {
    const text = await textOf(file)
    return text === null || (text !== '' && (await this.#owners.lives(text)))
  }

  /** Removes the drafts and proofs of life that killed processes left. */
  async #removeOrphans(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const file = path.join(this.#dir, name)
      if (name.startsWith(DRAFT) && (await this.#isOrphan(file))) await removeFile(file)
      else if (name.startsWith(PROOF) && !(await this.#owners.lives(name))) await removeFile(file)
    }
  }

  /** Spares an empty draft, because it is still being written. */
  async #isOrphan(draft: string): Promise<boolean> {
    const text = await textOf(draft)
    return text !== null && text !== '' && !(await this.#owners.lives(text))
  }

  async #create(file: string, owner: string): Promise<boolean> {
    const draft = path.join(this.#dir, `${DRAFT}${randomUUID()}`)
    await writeFile(draft, owner, { mode: 0o600, flag: 'wx' })
    try {
      await link(draft, file)
      return true
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false
      throw error
    } finally {
      await removeFile(draft)
    }
  }

  #path(name: string, number: number): string {
    return path.join(this.#dir, `${name}.${String(number)}`)
  }
}

/** Returns the numbers of a lock's files, in order. */
function numbersOf(name: string, files: readonly string[]): number[] {
  return files
    .filter((file) => file.startsWith(`${name}.`))
    .map((file) => Number(file.slice(name.length + 1)))
    .filter((number) => Number.isSafeInteger(number))
    .sort((a, b) => a - b)
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, { encoding: 'utf8', flag: constants.O_RDONLY | NO_FOLLOW })
  } catch {
    return null
  }
}
