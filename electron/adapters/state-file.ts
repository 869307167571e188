import { readFileSync, watch } from 'node:fs'
import path from 'node:path'
import { emptyState, State, type StateStore } from '../core/state/state.ts'
import type { Clock } from '../core/ports.ts'
import type { BriefLocks } from './lock-files.ts'
import { Emitter } from '../core/concurrency/emitter.ts'
import { SerialQueue } from '../core/concurrency/queue.ts'
import { errorCode } from '../core/errors.ts'
import { makeFolder } from './make-folder.ts'
import { renameOver, replaceFile } from './replace-file.ts'

const FILE = 'state.json'

type Change = (state: State) => State

interface PendingUpdate {
  readonly change: Change
  /** Why it did not come about; null until then. */
  failure: { readonly reason: unknown } | null
}

/** The state in one JSON file: checked when read, locked while changed, replaced in one stroke. */
export class StateFile implements StateStore {
  readonly #dir: string
  readonly #locks: BriefLocks
  readonly #clock: Clock
  readonly #changed = new Emitter()
  #notices: string[] = []
  #state = emptyState
  #text: string | null = null
  readonly #turns = new SerialQueue()
  readonly #pending: PendingUpdate[] = []

  private constructor(dir: string, locks: BriefLocks, clock: Clock) {
    this.#dir = dir
    this.#locks = locks
    this.#clock = clock
  }

  /** Opens the state kept in `dir`, which is made when missing. A damaged file is set aside, see `notices`. */
  static async open(dir: string, locks: BriefLocks, clock: Clock): Promise<StateFile> {
    await makeFolder(dir)
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

  /** The user has read this notice; it does not come back. */
  dismissNotice(notice: string): void {
    this.#notices = this.#notices.filter((other) => other !== notice)
    this.#changed.emit()
  }

  async reload(): Promise<State> {
    const text = this.#read()
    if (text === this.#text) return this.#state
    const state = parse(text)
    // Another process may have found the same damage: only one of them sets the file aside.
    if (state === null) return this.update((current) => current)
    this.#take(state, text)
    return state
  }

  async update(change: Change): Promise<State> {
    const update: PendingUpdate = { change, failure: null }
    this.#pending.push(update)
    // Changes that come during a write go together into the next one.
    await this.#turns.run(() => this.#writePending())
    if (update.failure !== null) throw update.failure.reason
    return this.#state
  }

  onChange(listener: () => void): () => void {
    return this.#changed.on(listener)
  }

  /** Follows changes that other processes make. The function returned stops it. */
  watch(): () => void {
    const watcher = watch(this.#dir, (_event, name) => {
      if (name === FILE) this.reload().catch(() => undefined)
    })
    // A folder that goes away is noticed at the next update; a watcher's error must not end the app.
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

  /** Makes all of the changes in one write. One that throws changes nothing and keeps none of the others from it. */
  async #write(updates: readonly PendingUpdate[]): Promise<void> {
    try {
      const text = this.#read()
      const current = parse(text)
      if (current === null) await this.#setAside()
      const next = updates.reduce(applied, current ?? emptyState)
      const nextText = `${JSON.stringify(next, null, 2)}\n`
      if (nextText !== text) await replaceFile(this.#path, nextText)
      this.#take(next, nextText)
    } catch (reason) {
      fail(updates, reason)
    }
  }

  /**
   * Null when there is no file yet. In one go, so that no slow look brings back what a change has replaced meanwhile,
   * and because a few kilobytes are read sooner than threads are found for it, least of all while Electron starts.
   */
  #read(): string | null {
    try {
      return readFileSync(this.#path, 'utf8')
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null
      throw error
    }
  }

  async #setAside(): Promise<void> {
    const stamp = new Date(this.#clock.now()).toISOString().replaceAll(':', '-')
    const aside = `${this.#path}.damaged-${stamp}`
    await renameOver(this.#path, aside)
    this.#notices.push(
      `The list of accounts could not be read and was set aside as ${path.basename(aside)}. ` +
        'Your secrets are still in the keychain. Please add your accounts again.',
    )
  }

  #take(state: State, text: string | null): void {
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

/** Null when the text is not a state. */
function parse(text: string | null): State | null {
  if (text === null) return emptyState
  try {
    return State.parse(JSON.parse(text))
  } catch {
    return null
  }
}
