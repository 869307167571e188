import { constants } from 'node:fs'
import { appendFile, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Clock } from '../core/ports.ts'
import { type History, HISTORY_KEPT_MS, HistoryEvent } from '../core/state/history.ts'
import type { BriefLocks } from './lock-files.ts'
import { SerialQueue } from '../core/concurrency/queue.ts'
import { errorCode } from '../core/errors.ts'
import { makeFolder } from './make-folder.ts'
import { removeDrafts, replaceFile } from './replace-file.ts'
import { NO_FOLLOW } from './trusted-folder.ts'

/** Keeps the history in one file of JSON lines. Skips lines that can't be read, because the others still hold. */
export class HistoryFile implements History {
  readonly #dir: string
  readonly #locks: BriefLocks
  readonly #clock: Clock
  /** Queues writes of this process, so that they do not poll for the lock against each other. */
  readonly #queue = new SerialQueue()

  constructor(dir: string, locks: BriefLocks, clock: Clock) {
    this.#dir = dir
    this.#locks = locks
    this.#clock = clock
  }

  add(event: HistoryEvent): Promise<void> {
    return this.#queue.run(() => this.#append(event))
  }

  async read(): Promise<readonly HistoryEvent[]> {
    const events = (await this.#read()).split('\n').flatMap((line) => parse(line) ?? [])
    // Sorted, because processes append in the order in which they get the lock.
    return events.filter(({ at }) => this.#isRecent(at)).sort((a, b) => a.at - b.at)
  }

  async #append(event: HistoryEvent): Promise<void> {
    await makeFolder(this.#dir)
    const release = await this.#locks.acquireBriefly('history')
    try {
      const text = await this.#read()
      const lines = text.split('\n')
      const oldest = lines.find((line) => parse(line) !== null) ?? ''
      if (this.#isOld(oldest)) await this.#replace(lines.filter((line) => !this.#isOld(line)))
      // A crash may have left half a line, so this event begins on a line of its own.
      const gap = text === '' || text.endsWith('\n') ? '' : '\n'
      const flag = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | NO_FOLLOW
      await appendFile(this.#path, `${gap}${JSON.stringify(event)}\n`, { mode: 0o600, flag })
    } finally {
      await release()
    }
  }

  async #read(): Promise<string> {
    try {
      return await readFile(this.#path, { encoding: 'utf8', flag: constants.O_RDONLY | NO_FOLLOW })
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return ''
      throw error
    }
  }

  async #replace(lines: readonly string[]): Promise<void> {
    await removeDrafts(this.#path)
    await replaceFile(this.#path, lines.join('\n'))
  }

  #isOld(line: string): boolean {
    const event = parse(line)
    return event !== null && !this.#isRecent(event.at)
  }

  #isRecent(at: number): boolean {
    return this.#clock.now() - at <= HISTORY_KEPT_MS
  }

  get #path(): string {
    return path.join(this.#dir, 'history.jsonl')
  }
}

function parse(line: string): HistoryEvent | null {
  try {
    return HistoryEvent.parse(JSON.parse(line))
  } catch {
    return null
  }
}
