import { createHmac, randomBytes } from 'node:crypto'
import type { ClipboardView } from '../contract/state.ts'
import type { Clock } from '../core/ports.ts'
import type { Secret } from '../core/secret.ts'

/** How long a copied value stays on the clipboard, ms. */
export const CLIPBOARD_LIFE_MS = 30_000

/** The part of Electron's clipboard that is used. (Older Electrons answer at once; awaiting does no harm.) */
export interface SystemClipboard {
  readText(): Promise<string>
  writeText(text: string): Promise<void>
  clear(): void
}

/**
 * Puts secrets on the clipboard and takes them off again, unless the user has copied something else meanwhile.
 * What was written is remembered as a keyed digest only.
 */
export class SecretClipboard {
  readonly #system: SystemClipboard
  readonly #clock: Clock
  readonly #onChange: () => void
  readonly #key = randomBytes(32)
  #written: { digest: string; view: ClipboardView; callOff: () => void } | null = null

  constructor(system: SystemClipboard, clock: Clock, onChange: () => void) {
    this.#system = system
    this.#clock = clock
    this.#onChange = onChange
  }

  /** What we wrote and when it will be cleared; null when there is nothing of ours. */
  get view(): ClipboardView | null {
    return this.#written?.view ?? null
  }

  async copy(value: Secret, account: string, what: ClipboardView['what']): Promise<void> {
    this.#written?.callOff()
    await this.#system.writeText(value.reveal())
    const callOff = this.#clock.after(CLIPBOARD_LIFE_MS, () => void this.clear())
    const clearsAt = this.#clock.now() + CLIPBOARD_LIFE_MS
    this.#written = { digest: this.#digest(value.reveal()), view: { account, what, clearsAt }, callOff }
    this.#onChange()
  }

  /** Empties the clipboard if it still holds what was written here. */
  async clear(): Promise<void> {
    const written = this.#written
    if (written === null) return
    written.callOff()
    this.#written = null
    if (this.#digest(await this.#system.readText()) === written.digest) this.#system.clear()
    this.#onChange()
  }

  #digest(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64')
  }
}
