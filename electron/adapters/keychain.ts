import { LoginError } from '../core/errors.ts'
import type { Keychain } from '../core/ports.ts'
import { Secret } from '../core/secret.ts'
import type { Items } from './split-items.ts'

/** The part of keytar that is used. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

let callsUnderWay = 0

/** Tells whether a call of the system's keychain is under way, perhaps because it prompts the user. */
export const isKeychainBusy = (): boolean => callsUnderWay > 0

/** Uses the system's keychain through keytar: one item per secret, all under one service name. */
export class SystemKeychain implements Keychain {
  readonly #service: string
  readonly #load: () => Promise<Keytar>
  readonly #platform: NodeJS.Platform

  /** @param load loads keytar when first used, because the native module is slow to load */
  constructor(service: string, load: () => Promise<Keytar>, platform: NodeJS.Platform = process.platform) {
    this.#service = service
    this.#load = load
    this.#platform = platform
  }

  async get(key: string): Promise<Secret | null> {
    const value = await (await this.#items()).get(key)
    if (value !== null) return new Secret(value)
    // A locked keychain answers like an empty one, so an empty answer counts only after a check.
    await this.check()
    return null
  }

  async set(key: string, value: Secret): Promise<void> {
    await (await this.#items()).set(key, value.reveal())
  }

  async delete(key: string): Promise<void> {
    await (await this.#items()).delete(key)
  }

  async check(): Promise<void> {
    // A fresh name, so that two processes never delete each other's.
    const canary = `canary/${crypto.randomUUID()}`
    const read = await this.#call(async (keytar) => {
      await keytar.setPassword(this.#service, canary, canary)
      const value = await keytar.getPassword(this.#service, canary)
      await keytar.deletePassword(this.#service, canary)
      return value
    })
    if (read === null) throw new LoginError('keychain-locked')
  }

  async #items(): Promise<Items> {
    const plain: Items = {
      get: (key) => this.#call((keytar) => keytar.getPassword(this.#service, key)),
      set: (key, text) => this.#call((keytar) => keytar.setPassword(this.#service, key, text)),
      delete: async (key) => {
        await this.#call((keytar) => keytar.deletePassword(this.#service, key))
      },
    }
    // Only Windows limits the length of an item.
    if (this.#platform !== 'win32') return plain
    const { SplitItems } = await import('./split-items.ts')
    return new SplitItems(plain)
  }

  async #call<T>(action: (keytar: Keytar) => Promise<T>): Promise<T> {
    let keytar: Keytar
    try {
      keytar = await this.#load()
    } catch (cause) {
      throw cause instanceof LoginError ? cause : new LoginError('keychain-missing', { cause })
    }
    callsUnderWay++
    try {
      return await action(keytar)
    } catch (cause) {
      throw keychainError(cause)
    } finally {
      callsUnderWay--
    }
  }
}

function keychainError(cause: unknown): LoginError {
  if (cause instanceof LoginError) return cause
  const words = cause instanceof Error ? cause.message : ''
  // "Object does not exist at path …/collection/login": the service runs, but no keychain was ever opened in it.
  const locked = /lock|collection|dismiss|cancel|denied|interaction is not allowed/i.test(words)
  return new LoginError(locked ? 'keychain-locked' : 'keychain-missing', { cause })
}

/** Loads keytar from where it is installed, also inside a packaged app. */
export async function loadKeytar(): Promise<Keytar> {
  const { default: keytar } = await import('keytar')
  return keytar
}
