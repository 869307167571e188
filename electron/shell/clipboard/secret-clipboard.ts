import type { ClipboardView } from '../../contract/state.ts'
import type { Clock } from '../../core/ports.ts'
import type { Secret } from '../../core/secret.ts'
import { SerialQueue } from '../../core/concurrency/queue.ts'

/** Reads, writes and clears the system's clipboard. */
export interface SystemClipboard {
  readText(): Promise<string>
  writeText(text: string): Promise<void>
  clear(): void
  /** X11's primary selection, which a middle click pastes. `writeText` fills it too. */
  readonly selection?: Pick<SystemClipboard, 'readText' | 'clear'>
}

interface Written {
  readonly digest: string
  readonly view: ClipboardView
  readonly cancel: () => void
}

/**
 * Copies secrets and clears them again, unless the user has copied something else in between. Remembers a copied
 * secret only as a keyed digest.
 */
export class SecretClipboard {
  readonly #system: SystemClipboard
  readonly #clock: Clock
  readonly #lifeMs: () => number
  readonly #onChange: () => void
  #key: string | null = null
  #written: Written | null = null
  /** Queues all access, so that no copy happens between the check of the clipboard and its clearing. */
  readonly #queue = new SerialQueue()

  /** @param lifeMs returns how long a value that is copied now stays on the clipboard, ms */
  constructor(system: SystemClipboard, clock: Clock, lifeMs: () => number, onChange: () => void) {
    this.#system = system
    this.#clock = clock
    this.#lifeMs = lifeMs
    this.#onChange = onChange
  }

  /** Describes the last copy and when it is cleared; null when it has been cleared. */
  get view(): ClipboardView | null {
    return this.#written?.view ?? null
  }

  copy(value: Secret, account: string, what: ClipboardView['what']): Promise<void> {
    return this.#queue.run(async () => {
      const digest = await this.#digest(value.reveal())
      await this.#system.writeText(value.reveal())
      // Cleared, because the user does not expect a middle click to paste a secret. No other copy clears it.
      this.#system.selection?.clear()
      this.#written?.cancel()
      const lifeMs = this.#lifeMs()
      const copiedAt = this.#clock.now()
      const cancel = this.#clock.after(lifeMs, () => void this.#queue.run(() => this.#clear(written)))
      const view = { account, what, copiedAt, clearsAt: copiedAt + lifeMs }
      const written = { digest, view, cancel }
      this.#written = written
      this.#onChange()
    })
  }

  /** Clears the clipboard if it still holds the last copy. */
  clear(): Promise<void> {
    return this.#queue.run(async () => {
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
      return (await this.#digest(await place.readText())) === written.digest
    } catch {
      // An unreadable clipboard may still hold the secret.
      return true
    }
  }

  async #digest(text: string): Promise<string> {
    // Loaded and made when first used, so that the icon is there sooner.
    const { sha256Hex } = await import('../../core/sha256.ts')
    this.#key ??= crypto.randomUUID()
    return sha256Hex(`${this.#key} ${text}`)
  }
}
