import { closeSync, constants, openSync, readFileSync, statSync, watch } from 'node:fs'
import path from 'node:path'
import { setAsideNotice, emptyState, State, type StateStore } from '../core/state/state.ts'
import type { Clock } from '../core/ports.ts'
import type { BriefLocks } from './lock-files.ts'
import { Emitter } from '../core/concurrency/emitter.ts'
import { SerialQueue } from '../core/concurrency/queue.ts'
import { wait } from '../core/concurrency/wait.ts'
import { errorCode } from '../core/errors.ts'
import { makeFolder } from './make-folder.ts'
import { removeDrafts, renameOver, replaceFile } from './replace-file.ts'
import { assertOwn, NO_FOLLOW } from './trusted-folder.ts'

const FILE = 'state.json'

/** An editor that writes a file in place has it incomplete for less than this, ms. */
const SETTLES_IN_MS = 500

type Change = (state: State) => State

interface PendingUpdate {
  readonly change: Change
  /** Why the change failed; null unless it did. */
  failure: { readonly reason: unknown } | null
}

/** Keeps the state in one JSON file: checked when read, locked while changed, replaced atomically. */
export class StateFile implements StateStore {
  readonly #dir: string
  readonly #locks: BriefLocks
  readonly #clock: Clock
  readonly #changed = new Emitter()
  #notices: string[] = []
  #state = emptyState
  #text: string | null = null
  readonly #queue = new SerialQueue()
  readonly #pending: PendingUpdate[] = []

  private constructor(dir: string, locks: BriefLocks, clock: Clock) {
    this.#dir = dir
    this.#locks = locks
    this.#clock = clock
  }

  /**
   * Opens the state in `dir`, which it makes when missing. Sets a damaged file aside, see `notices`.
   * @throws OpenToOthers when others on this computer could change it, Error of the system
   */
  static async open(dir: string, locks: BriefLocks, clock: Clock): Promise<StateFile> {
    if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true) await makeFolder(dir)
    assertOwn(dir)
    const file = new StateFile(dir, locks, clock)
    await file.reload()
    return file
  }

  get state(): State {
    return this.#state
  }

  /** Sentences for the user about files that had to be set aside. */
  get notices(): readonly string[] {
    return this.#notices
  }

  /** Removes a notice that the user has read. */
  dismissNotice(notice: string): void {
    this.#notices = this.#notices.filter((other) => other !== notice)
    this.#changed.emit()
  }

  async reload(): Promise<State> {
    const text = this.#read()
    if (text === this.#text) return this.#state
    const state = parse(text)
    // Goes through an update, so that only one of several processes sets the damaged file aside.
    if (state === null) return this.update((current) => current)
    this.#adopt(state, text)
    return state
  }

  async update(change: Change): Promise<State> {
    const update: PendingUpdate = { change, failure: null }
    this.#pending.push(update)
    // Changes that arrive during a write go together into the next one.
    await this.#queue.run(() => this.#writePending())
    if (update.failure !== null) throw update.failure.reason
    return this.#state
  }

  onChange(listener: () => void): () => void {
    return this.#changed.on(listener)
  }

  /** Follows changes by other processes until the returned function is called. */
  watch(): () => void {
    const watcher = watch(this.#dir, (_event, name) => {
      if (name === FILE) this.reload().catch(() => undefined)
    })
    // Ignored, because a missing folder shows at the next update and this must not end the app.
    watcher.on('error', () => undefined)
    return () => {
      watcher.close()
    }
  }

  async #writePending(): Promise<void> {
    if (this.#pending.length === 0) return
    try {
      const release = await this.#locks.acquireBriefly('state')
      try {
        await this.#write(this.#pending.splice(0))
      } finally {
        await release()
      }
    } catch (reason) {
      fail(this.#pending.splice(0), reason)
    }
  }

  /** Makes all changes in one write. A change that throws has no effect, and the others still apply. */
  async #write(updates: readonly PendingUpdate[]): Promise<void> {
    try {
      const text = await this.#readSettled()
      const current = parse(text)
      if (current === null) await this.#setAside()
      const next = updates.reduce(applied, current ?? emptyState)
      const nextText = `${JSON.stringify(next, null, 2)}\n`
      if (nextText !== text) {
        await removeDrafts(this.#path)
        await replaceFile(this.#path, nextText)
      }
      this.#adopt(next, nextText)
    } catch (reason) {
      fail(updates, reason)
    }
  }

  /**
   * Reads the file; null without one. Synchronous, so that a slow read never brings back a state that a change has
   * replaced. A few kilobytes are also read sooner than a thread is free while Electron starts.
   */
  #read(): string | null {
    try {
      const file = openSync(this.#path, constants.O_RDONLY | NO_FOLLOW)
      try {
        return readFileSync(file, 'utf8')
      } finally {
        closeSync(file)
      }
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null
      throw error
    }
  }

  /** Reads the file once no program is writing it: as long as it can't be parsed and changes, it is not damaged. */
  async #readSettled(): Promise<string | null> {
    let text = this.#read()
    for (;;) {
      if (parse(text) !== null) return text
      await wait(this.#clock, SETTLES_IN_MS, new AbortController().signal)
      const later = this.#read()
      if (later === text) return text
      text = later
    }
  }

  async #setAside(): Promise<void> {
    const stamp = new Date(this.#clock.now()).toISOString().replaceAll(':', '-')
    const aside = `${this.#path}.damaged-${stamp}`
    await renameOver(this.#path, aside)
    this.#notices.push(setAsideNotice(path.basename(aside)))
  }

  #adopt(state: State, text: string | null): void {
    this.#text = text
    this.#state = state
    this.#changed.emit()
  }

  get #path(): string {
    return path.join(this.#dir, FILE)
  }
}

function fail(updates: readonly PendingUpdate[], reason: unknown): void {
  for (const update of updates) update.failure ??= { reason }
}

function applied(state: State, update: PendingUpdate): State {
  try {
    return update.change(state)
  } catch (reason) {
    update.failure = { reason }
    return state
  }
}

/** Returns null when the text is not a state. */
function parse(text: string | null): State | null {
  if (text === null) return emptyState
  try {
    // What a compiled schema saves is less than its compilation takes at the start.
    return State.parse(JSON.parse(text), { jitless: true })
  } catch {
    return null
  }
}
