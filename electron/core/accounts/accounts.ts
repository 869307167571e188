import { isDeepStrictEqual } from 'node:util'
import type { Broker } from '../brokers/broker.ts'
import { InputError } from '../errors.ts'
import type { Clock, Keychain, Locks, StateStore } from '../ports.ts'
import type { Secret } from '../secret.ts'
import { nothingSpent, settle, type Spent } from '../login/budget.ts'
import { loginLock, secretKey, tokenKey, withAccount, type Account } from './account.ts'
import { checkInput, checkName, type AccountInput } from './validate.ts'

export interface NewAccount extends AccountInput {
  readonly name: string
  readonly brokerId: string
  readonly acceptTerms: boolean
}

export interface AccountChange extends AccountInput {
  /** True to agree to the terms now; an agreement given before stays. */
  readonly acceptTerms: boolean
}

export interface AccountsParts {
  readonly store: StateStore
  readonly keychain: Keychain
  readonly locks: Locks
  readonly clock: Clock
  readonly brokers: ReadonlyMap<string, Broker>
}

/**
 * Adds, changes and removes accounts: settings to the state file, secrets to the keychain. A login under way is
 * waited for; cancel it first to be quicker.
 */
export class Accounts {
  readonly #store: StateStore
  readonly #keychain: Keychain
  readonly #locks: Locks
  readonly #clock: Clock
  readonly #brokers: ReadonlyMap<string, Broker>

  constructor(parts: AccountsParts) {
    this.#store = parts.store
    this.#keychain = parts.keychain
    this.#locks = parts.locks
    this.#clock = parts.clock
    this.#brokers = parts.brokers
  }

  get list(): readonly Account[] {
    return this.#store.state.accounts
  }

  /** @throws InputError when there is none */
  get(name: string): { account: Account; broker: Broker } {
    const account = this.list.find((candidate) => candidate.name === name)
    if (account === undefined) throw new InputError({ name: `there is no account “${name}”` })
    return { account, broker: this.broker(account.brokerId) }
  }

  /** @throws InputError when there is none */
  broker(id: string): Broker {
    const broker = this.#brokers.get(id)
    if (broker !== undefined) return broker
    throw new InputError({
      broker: `“${id}” is not known; choose one of ${[...this.#brokers.keys()].join(', ')}`,
    })
  }

  /** @throws InputError when an account can't have this name */
  assertFree(name: string): void {
    checkName(
      name,
      this.list.map((account) => account.name),
    )
  }

  /** @throws InputError naming every wrong input, LoginError for the keychain; then nothing has been kept */
  async add(input: NewAccount): Promise<void> {
    const broker = this.broker(input.brokerId)
    const { name } = input
    this.assertFree(name)
    const { settings, secrets, endpoints } = checkInput(broker, input, new Set())
    if (!input.acceptTerms) throw termsError()
    const now = this.#clock.now()
    const account: Account = {
      name,
      brokerId: broker.id,
      settings,
      endpoints,
      termsAcceptedAt: now,
      secretsSetAt: timesSet(secrets, now),
      spent: nothingSpent,
      codesSent: [],
      token: null,
      problem: null,
    }
    // Keychain first: an account without its secrets is of no use, secrets without an account are overwritten
    // by the next account of that name.
    await this.#storeSecrets(name, secrets)
    await this.#store.update((state) => {
      checkName(
        name,
        state.accounts.map((other) => other.name),
      )
      return { ...state, accounts: [...state.accounts, account] }
    })
  }

  /**
   * Changes what is given and keeps the rest. Entering a secret again allows new attempts with it.
   * @throws like `add`
   */
  async change(name: string, input: AccountChange): Promise<void> {
    const { account, broker } = this.get(name)
    const stored = new Set([...Object.keys(account.settings), ...Object.keys(account.secretsSetAt)])
    const { settings, secrets, endpoints } = checkInput(broker, input, stored)
    if (!input.acceptTerms && account.termsAcceptedAt === null) throw termsError()
    await this.#betweenLogins(name, async () => {
      await this.#storeSecrets(name, secrets)
      const now = this.#clock.now()
      await this.#store.update((state) =>
        withAccount(state, name, (current) => {
          const identity = { settings: { ...current.settings, ...settings }, endpoints }
          const same = isDeepStrictEqual(identity, {
            settings: current.settings,
            endpoints: current.endpoints,
          })
          return {
            ...current,
            ...identity,
            termsAcceptedAt: current.termsAcceptedAt ?? now,
            secretsSetAt: { ...current.secretsSetAt, ...timesSet(secrets, now) },
            spent: forgive(current.spent, broker, secrets, same),
            // A token of another user, app or server says nothing about this one.
            token: same ? current.token : null,
            problem: null,
          }
        }),
      )
    })
  }

  /** Removes the account and all its secrets. */
  async remove(name: string): Promise<void> {
    const { broker } = this.get(name)
    await this.#betweenLogins(name, async () => {
      for (const field of broker.fields) {
        if (field.kind !== 'setting') await this.#keychain.delete(secretKey(name, field.name))
      }
      for (const field of broker.tokenFields) await this.#keychain.delete(tokenKey(name, field))
      await this.#store.update((state) => ({
        ...state,
        accounts: state.accounts.filter((account) => account.name !== name),
      }))
    })
  }

  async #betweenLogins(name: string, action: () => Promise<void>): Promise<void> {
    const release = await this.#locks.acquire(loginLock(name), new AbortController().signal)
    try {
      await action()
    } finally {
      await release()
    }
  }

  async #storeSecrets(name: string, secrets: Readonly<Record<string, Secret>>): Promise<void> {
    for (const [field, secret] of Object.entries(secrets))
      await this.#keychain.set(secretKey(name, field), secret)
  }
}

const termsError = (): InputError => new InputError({ terms: 'have to be accepted first' })

const timesSet = (secrets: Readonly<Record<string, Secret>>, now: number): Record<string, number> =>
  Object.fromEntries(Object.keys(secrets).map((field) => [field, now]))

/** The attempts left after a change: whoever logs in as somebody else, or with something else, starts afresh. */
function forgive(
  spent: Spent,
  broker: Broker,
  secrets: Readonly<Record<string, Secret>>,
  sameIdentity: boolean,
): Spent {
  const entered = (kind: 'guarded' | 'totp'): boolean =>
    broker.fields.some((field) => field.kind === kind && secrets[field.name] !== undefined)
  if (entered('guarded') || !sameIdentity) return nothingSpent
  return entered('totp') ? settle(spent, 'code') : spent
}
