import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { Keychain } from '../core/ports.ts'
import type { BriefLocks } from './lock-files.ts'
import type { Secret } from '../core/secret.ts'
import type { Home } from './home.ts'
import type { AskPassphrase, SealedKeychain } from './sealed-keychain.ts'
import { errorCode } from '../core/errors.ts'

export type KeychainKind = 'system' | 'sealed-file'

/**
 * Uses the system's keychain, or the sealed file once the user has made one. The file's presence is the choice, so that
 * the tray app and every command see it at once.
 */
export class ChosenKeychain implements Keychain {
  /** The path of the sealed keychain, also before it is made. */
  readonly file: string
  readonly #system: Keychain
  readonly #locks: BriefLocks
  readonly #ask: AskPassphrase
  #sealed: Promise<SealedKeychain> | null = null

  constructor(home: Home, locks: BriefLocks, ask: AskPassphrase, system: Keychain) {
    this.file = path.join(home.dir, 'keychain.sealed')
    this.#system = system
    this.#locks = locks
    this.#ask = ask
  }

  async get(key: string): Promise<Secret | null> {
    return (await this.#chosen()).get(key)
  }

  async set(key: string, value: Secret): Promise<void> {
    await (await this.#chosen()).set(key, value)
  }

  async delete(key: string): Promise<void> {
    await (await this.#chosen()).delete(key)
  }

  async check(): Promise<void> {
    await (await this.#chosen()).check()
  }

  async kind(): Promise<KeychainKind> {
    const isThere = await stat(this.file).then(
      () => true,
      // A file that can't be examined exists; opening it reports why it can't be used.
      (error: unknown) => errorCode(error) !== 'ENOENT',
    )
    return isThere ? 'sealed-file' : 'system'
  }

  /** Opens the sealed keychain, chosen or not. Loaded when first used, because few profiles have it. */
  sealed(): Promise<SealedKeychain> {
    return (this.#sealed ??= import('./sealed-keychain.ts').then(
      ({ SealedKeychain }) => new SealedKeychain({ file: this.file, locks: this.#locks, ask: this.#ask }),
    ))
  }

  async #chosen(): Promise<Keychain> {
    return (await this.kind()) === 'system' ? this.#system : this.sealed()
  }
}
