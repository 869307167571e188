import type { Keychain } from '../core/ports.ts'
import type { Secret } from '../core/secret.ts'

/** Keeps secrets until the process ends, for practice accounts and tests. */
export class MemoryKeychain implements Keychain {
  readonly #items = new Map<string, Secret>()

  get(key: string): Promise<Secret | null> {
    return Promise.resolve(this.#items.get(key) ?? null)
  }

  set(key: string, value: Secret): Promise<void> {
    this.#items.set(key, value)
    return Promise.resolve()
  }

  delete(key: string): Promise<void> {
    this.#items.delete(key)
    return Promise.resolve()
  }

  check(): Promise<void> {
    return Promise.resolve()
  }
}
