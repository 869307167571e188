import { createHmac, randomBytes } from 'node:crypto'
import type { ClipboardView } from '../../contract/state.ts'
import type { Clock } from '../../core/ports.ts'
import type { Secret } from '../../core/secret.ts'
import { SerialQueue } from '../../core/concurrency/queue.ts'

/** The system's clipboard. */
export interface SystemClipboard {
  readText(): Promise<string>
  writeText(text: string): Promise<void>
  clear(): void
  /** X11's other selection, which a middle click pastes. `writeText` fills it too. */
  readonly selection?: Pick<SystemClipboard, 'readText' | 'clear'>
}

interface Written {
  readonly digest: string
  readonly view: ClipboardView
  readonly cancel: () => void
}

/**
 * Puts secrets on the clipboard and takes them off again, unless the user has copied something else meanwhile.
 * What was written is remembered as a keyed digest only.
 */
export class SecretClipboard {
  readonly #system: SystemClipboard
  readonly #clock: Clock
  readonly #lifeMs: () => number
  readonly #onChange: () => void
  readonly #key = randomBytes(32)
  #written: Written | null = null
  /** So that a copy never lands between a look at the clipboard and its clearing. */
  readonly #turns = new SerialQueue()

  /** @param lifeMs how long a value that is copied now stays there, ms */
  constructor(system: SystemClipboard, clock: Clock, lifeMs: () => number, onChange: () => void) {
    this.#system = system
    this.#clock = clock
    this.#lifeMs = lifeMs
    this.#onChange = onChange
  }

  /** What we wrote and when it will be cleared; null when there is nothing of ours. */
  get view(): ClipboardView | null {
    return this.#written?.view ?? null
  }

  copy(value: Secret, account: string, what: ClipboardView['what']): Promise<void> {
    return this.#turns.run(async () => {
      await this.#system.writeText(value.reveal())
      // Nobody who copies with a click expects a middle click to paste it, and other programs never clear it.
      this.#system.selection?.clear()
      this.#written?.cancel()
      const lifeMs = this.#lifeMs()
      const copiedAt = this.#clock.now()
      const cancel = this.#clock.after(lifeMs, () => void this.#turns.run(() => this.#clear(written)))
      const view = { account, what, copiedAt, clearsAt: copiedAt + lifeMs }
      const written = { digest: this.#digest(value.reveal()), view, cancel }
      this.#written = written
      this.#onChange()
    })
  }

  /** Empties the clipboard if it still holds what was written here last. */
  clear(): Promise<void> {
    return this.#turns.run(async () => {
      if (this.#written !== null) await this.#clear(this.#written)
    })
  }

  async #clear(written: Written): Promise<void> {
    if (written !== this.#written) return
    written.cancel()
    this.#written = null
    for (const place of [this.#system, this.#system.selection]) {
      if (place !== undefined && (await this.#holds(place, written))) place.clear()
    }
    this.#onChange()
  }

  async #holds(place: Pick<SystemClipboard, 'readText'>, written: Written): Promise<boolean> {
    try {
      return this.#digest(await place.readText()) === written.digest
    } catch {
      // A clipboard that can't be read may well hold it still.
      return true
    }
  }

  #digest(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64')
  }
}
