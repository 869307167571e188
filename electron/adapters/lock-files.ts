import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Clock, Locks } from '../core/ports.ts'
import { wait } from '../core/concurrency/wait.ts'
import { errorCode } from '../core/errors.ts'
import { LockHeld } from './lock-held.ts'
import { ownersFor, PROOF, type LockOwners } from './lock-owners.ts'
import { makeFolder } from './make-folder.ts'

const POLL_MS = 50

/** Looks at one and the same brief lock before it is called stuck: just under ten seconds of them. */
const BRIEF_LOOKS = 190
const DRAFT = '.draft-'

/** What a try to take a lock came to: the path of the lock file made, or of the one in the way, if it could be seen. */
type Try = { readonly mine: string; readonly end: () => Promise<void> } | { readonly holder: string | null }

/** Locks that everybody holds for a moment only. */
export interface BriefLocks {
  /**
   * Waits until `name` is free; the function returned frees it again.
   * @throws LockHeld when one and the same holder has it for ten seconds
   */
  acquireBriefly(name: string): Promise<() => Promise<void>>
}

/**
 * Locks between processes, as files `NAME.1`, `NAME.2`, …: who made the highest holds the lock for as long as its
 * process lives and the file is not empty. A file with the next number is made by exactly one process (`link`
 * refuses to replace), and the highest is never deleted, so the numbers only grow and a lock left by a dead
 * process can be taken over without a moment in which two hold it.
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
    return this.#acquire(name, new AbortController().signal, BRIEF_LOOKS)
  }

  async #acquire(
    name: string,
    signal: AbortSignal,
    mostLooks: number,
    onWait?: () => void,
  ): Promise<() => Promise<void>> {
    await makeFolder(this.#dir)
    let stuck: { readonly holder: string | null; readonly looks: number } = { holder: null, looks: 0 }
    for (let tries = 0; ; tries++) {
      signal.throwIfAborted()
      const result = await this.#tryAcquire(name)
      if ('mine' in result) return result.end
      const { holder } = result
      // Every other holder makes another file: only one that stays has no end.
      stuck = { holder, looks: holder === stuck.holder ? stuck.looks + 1 : 1 }
      if (holder !== null && stuck.looks > mostLooks) throw new LockHeld(holder, (await textOf(holder)) ?? '')
      if (tries === 0) onWait?.()
      await wait(this.#clock, POLL_MS, signal)
    }
  }

  async #tryAcquire(name: string): Promise<Try> {
    const before = await this.#numbers(name)
    const highest = before.at(-1) ?? 0
    const there = this.#path(name, highest)
    if (highest > 0 && (await this.#isHeld(there))) return { holder: there }
    const mine = this.#path(name, highest + 1)
    const proof = await this.#owners.prove()
    if (!(await this.#create(mine, proof.text))) {
      await proof.end()
      return { holder: null }
    }
    // Somebody quicker may have come and gone between our look and our file, and taken the numbers further.
    const after = await this.#numbers(name)
    if (after.at(-1) !== highest + 1) {
      await rm(mine, { force: true })
      await proof.end()
      return { holder: null }
    }
    await Promise.all(before.map((number) => rm(this.#path(name, number), { force: true })))
    await this.#removeOrphans()
    const end = async (): Promise<void> => {
      await writeFile(mine, '')
      await proof.end()
    }
    return { mine, end }
  }

  /** Gone since we looked means that there is a higher one by now: held, and looking again will tell. */
  async #isHeld(file: string): Promise<boolean> {
    const text = await textOf(file)
    return text === null || (text !== '' && (await this.#owners.lives(text)))
  }

  /** Removes what processes left that were killed: drafts written and not linked yet, proofs of having lived. */
  async #removeOrphans(): Promise<void> {
    for (const name of await readdir(this.#dir)) {
      const file = path.join(this.#dir, name)
      if (name.startsWith(DRAFT) && (await this.#isOrphan(file))) await rm(file, { force: true })
      else if (name.startsWith(PROOF) && !(await this.#owners.lives(name))) await rm(file, { force: true })
    }
  }

  /** A draft that is empty yet is being written. */
  async #isOrphan(draft: string): Promise<boolean> {
    const text = await textOf(draft)
    return text !== null && text !== '' && !(await this.#owners.lives(text))
  }

  async #create(file: string, owner: string): Promise<boolean> {
    const draft = path.join(this.#dir, `${DRAFT}${randomUUID()}`)
    await writeFile(draft, owner, { mode: 0o600 })
    try {
      await link(draft, file)
      return true
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false
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

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return null
  }
}
