import { boundElsewhere, boundFields } from '../../accounts/binding.ts'
import type { Broker } from '../../brokers/broker.ts'
import { fieldNamed } from '../../brokers/find-field.ts'
import { LoginError } from '../../errors.ts'
import type { Keychain } from '../../ports.ts'
import type { Secret } from '../../secret.ts'
import { secretKey, type Account } from '../../state/account.ts'

/** The secrets of an account, as far as a login has read them. */
export class StoredSecrets {
  readonly #account: Account
  readonly #broker: Broker
  readonly #keychain: Keychain
  readonly #secrets = new Map<string, Secret>()

  constructor(account: Account, broker: Broker, keychain: Keychain) {
    this.#account = account
    this.#broker = broker
    this.#keychain = keychain
  }

  /**
   * Checks that they were entered for the account's addresses.
   * @throws LoginError `app-config` when they were entered for others, the keychain's
   */
  async assertBound(): Promise<void> {
    const stored = this.#stored
    const bound = stored.length === 0 ? [] : await boundFields(this.#keychain, this.#account, this.#broker)
    if (!stored.every((field) => bound?.includes(field))) throw boundElsewhere(this.#account)
  }

  /**
   * Reads those that the broker's login has a field for, and returns them.
   * @throws LoginError the keychain's
   */
  async read(): Promise<readonly Secret[]> {
    const stored = this.#stored
    const needed = this.#broker.fields.filter(({ kind, name }) => kind !== 'setting' && stored.includes(name))
    await Promise.all(
      needed.map(async ({ name }) => {
        const secret = await this.#keychain.get(secretKey(this.#account.name, name))
        if (secret !== null) this.#secrets.set(name, secret)
      }),
    )
    return [...this.#secrets.values()]
  }

  has(field: string): boolean {
    return this.#secrets.has(field)
  }

  /** @throws LoginError `bad-credentials` when it is not stored */
  get(name: string, kind: 'secret' | 'guarded' | 'totp'): Secret {
    if (fieldNamed(this.#broker, name)?.kind !== kind)
      throw new TypeError(`${name} is not a field of kind ${kind}`)
    const secret = this.#secrets.get(name)
    if (secret === undefined) throw notStored(this.#broker, name)
    return secret
  }

  /** The names of those that the user has entered. */
  get #stored(): readonly string[] {
    return Object.keys(this.#account.secretsSetAt)
  }
}

/** Returns the error for an entry that the account lacks. */
export function notStored(broker: Broker, name: string): LoginError {
  const label = fieldNamed(broker, name)?.label ?? name
  return new LoginError('bad-credentials', {
    message: `The ${label} of this account is not stored.`,
    next: 'Enter it in the account’s details.',
  })
}
