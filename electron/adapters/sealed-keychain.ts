import { constants } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import path from 'node:path'
import { errorCode, InputError, LoginError } from '../core/errors.ts'
import type { Keychain } from '../core/ports.ts'
import type { BriefLocks } from './lock-files.ts'
import { LockHeld } from './lock-held.ts'
import type { Secret } from '../core/secret.ts'
import { SerialQueue } from '../core/concurrency/queue.ts'
import { removeDrafts, replaceFile } from './replace-file.ts'
import {
  damaged,
  inUse,
  noPassphrase,
  passphraseChanged,
  unusable,
  writtenByNewer,
  wrongPassphrase,
} from './sealed-errors.ts'
import { NO_FOLLOW } from './trusted-folder.ts'
import {
  deriveKey,
  newSalt,
  parseSealed,
  seal,
  STRONG,
  unseal,
  type ScryptCost,
  type Sealed,
} from './sealed-format.ts'

/** Gets the passphrase from where it is kept or from the user; null when neither has it. */
export type AskPassphrase = () => Promise<Secret | null>

export interface SealedKeychainDeps {
  readonly file: string
  readonly locks: BriefLocks
  readonly ask: AskPassphrase
  /** The cost of guessing the passphrase; lower in tests. */
  readonly cost?: ScryptCost
}

type Items = Map<string, Secret>
type Change = (items: Items) => void

/**
 * Keeps secrets in one encrypted file, for computers without a keychain. Each write makes a new file with a new salt
 * under a lock, so that processes do not lose each other's items.
 */
export class SealedKeychain implements Keychain {
  readonly #file: string
  readonly #locks: BriefLocks
  readonly #ask: AskPassphrase
  readonly #cost: ScryptCost
  /** Runs one call at a time, because the passphrase is asked for once and each key takes 128 MB of memory. */
  readonly #queue = new SerialQueue()
  #passphrase: Secret | null = null
  #key: { readonly salt: Buffer; readonly key: Buffer } | null = null
  #changes: Change[] = []
  #commit: Promise<void> | null = null

  constructor({ file, locks, ask, cost = STRONG }: SealedKeychainDeps) {
    this.#file = file
    this.#locks = locks
    this.#ask = ask
    this.#cost = cost
  }

  get(key: string): Promise<Secret | null> {
    return this.#queue.run(async () => (await this.#items()).get(key) ?? null)
  }

  set(key: string, value: Secret): Promise<void> {
    return this.#change((items) => items.set(key, value))
  }

  delete(key: string): Promise<void> {
    return this.#change((items) => items.delete(key))
  }

  /** Opens the keychain without writing: its content is authenticated, unlike a system keychain's empty answer. */
  check(): Promise<void> {
    return this.#queue.run(async () => {
      await this.#items()
      await access(path.dirname(this.#file), constants.W_OK).catch((cause: unknown) => {
        throw unusable(this.#file, cause)
      })
    })
  }

  /** @throws InputError when the file exists */
  create(passphrase: Secret): Promise<void> {
    return this.#queue.run(() =>
      this.#underLock(async () => {
        if ((await this.#read()) !== null)
          throw new InputError({ 'sealed-file': `${this.#file} is there already` })
        await this.#write(new Map(), passphrase)
        this.#passphrase = passphrase
      }),
    )
  }

  /** Seals the items under another passphrase. Older copies of the file still open with the old one. */
  changePassphrase(next: Secret): Promise<void> {
    return this.#queue.run(() =>
      this.#underLock(async () => {
        await this.#write(await this.#items(), next)
        this.#passphrase = next
      }),
    )
  }

  /** Collects changes that arrive during a write, so that the next file has them all. */
  #change(change: Change): Promise<void> {
    this.#changes.push(change)
    return (this.#commit ??= this.#queue.run(() => {
      this.#commit = null
      const changes = this.#changes
      this.#changes = []
      return this.#underLock(async () => {
        const items = await this.#items()
        for (const apply of changes) apply(items)
        await this.#write(items, await this.#askOnce())
      })
    }))
  }

  async #items(): Promise<Items> {
    const text = await this.#read()
    if (text === null) throw unusable(this.#file, Object.assign(new Error('gone'), { code: 'ENOENT' }))
    const sealed = parseSealed(text)
    if (sealed === 'newer') throw writtenByNewer(this.#file)
    if (sealed === 'damaged') throw damaged(this.#file)
    const passphrase = await this.#askOnce()
    const items = unseal(sealed, await this.#keyFor(sealed, passphrase))
    if (items === 'damaged') throw damaged(this.#file)
    if (items === 'wrong passphrase')
      throw this.#passphrase === null ? wrongPassphrase() : passphraseChanged()
    this.#passphrase = passphrase
    return items
  }

  async #askOnce(): Promise<Secret> {
    const passphrase = this.#passphrase ?? (await this.#ask())
    if (passphrase === null) throw noPassphrase()
    return passphrase
  }

  async #keyFor({ salt, cost }: Pick<Sealed, 'salt' | 'cost'>, passphrase: Secret): Promise<Buffer> {
    if (this.#passphrase !== null && this.#key?.salt.equals(salt) === true) return this.#key.key
    try {
      const key = await deriveKey(passphrase, salt, cost)
      this.#forgetKey()
      this.#key = { salt, key }
      return key
    } catch (cause) {
      throw unusable(this.#file, cause)
    }
  }

  /** Overwrites the key, because freed memory keeps what was in it. */
  #forgetKey(): void {
    this.#key?.key.fill(0)
    this.#key = null
  }

  async #write(items: Items, passphrase: Secret): Promise<void> {
    const salt = newSalt()
    this.#forgetKey()
    const key = await this.#keyFor({ salt, cost: this.#cost }, passphrase)
    await this.#onDisk(() => replaceFile(this.#file, seal(items, key, salt, this.#cost)))
  }

  #read(): Promise<string | null> {
    return this.#onDisk(async () => {
      try {
        return await readFile(this.#file, { encoding: 'utf8', flag: constants.O_RDONLY | NO_FOLLOW })
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return null
        throw error
      }
    })
  }

  async #underLock(action: () => Promise<void>): Promise<void> {
    const release = await this.#onDisk(() => this.#locks.acquireBriefly('keychain'))
    try {
      await this.#onDisk(() => removeDrafts(this.#file))
      await action()
    } finally {
      await release()
    }
  }

  async #onDisk<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action()
    } catch (error) {
      if (error instanceof LockHeld) throw inUse(error)
      throw error instanceof LoginError ? error : unusable(this.#file, error)
    }
  }
}
