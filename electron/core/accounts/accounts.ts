import type { Broker } from '../brokers/broker.ts'
import { InputError } from '../errors.ts'
import type { Clock, Keychain, Locks } from '../ports.ts'
import { AccountHandle } from '../state/account-handle.ts'
import { checkName } from '../state/account-name.ts'
import { filledFields, type Account } from '../state/account.ts'
import type { StateStore } from '../state/state.ts'
import type { AccountChanges } from './account-changes.ts'
import { isForCodesAlone } from './codes-alone.ts'
import type { AccountInput, CheckedInput } from './validate.ts'

export interface NewAccount extends AccountInput {
  readonly name: string
  readonly brokerId: string
  readonly acceptTerms: boolean
}

export interface AccountChange extends AccountInput {
  /** True to accept the terms now; an earlier acceptance stays. */
  readonly acceptTerms: boolean
  /** Names of optional fields whose stored values are to be deleted. */
  readonly forget?: readonly string[]
}

/** How a change waits for a running login. */
export interface Waiting {
  readonly signal?: AbortSignal
  readonly onWait?: () => void
}

export interface AccountsDeps {
  readonly store: StateStore
  readonly keychain: Keychain
  readonly locks: Locks
  readonly clock: Clock
  readonly brokers: ReadonlyMap<string, Broker>
}

/**
 * Adds, changes and removes accounts: settings in the state file, secrets in the keychain. Waits for a running login;
 * cancel that first to be quicker.
 */
export class Accounts {
  readonly #deps: AccountsDeps

  constructor(deps: AccountsDeps) {
    this.#deps = deps
  }

  get list(): readonly Account[] {
    return this.#deps.store.state.accounts
  }

  /** The names of the accounts that have a login, which is more than a TOTP secret alone. */
  get namesWithLogin(): string[] {
    const hasLogin = (account: Account): boolean =>
      !isForCodesAlone(this.broker(account.brokerId), filledFields(account))
    return this.list.filter(hasLogin).map(({ name }) => name)
  }

  /**
   * Opens an account by its name.
   * @throws InputError when there is no such account, or its broker is not known
   */
  open(name: string): AccountHandle {
    return new AccountHandle(name, this.#deps.store, this.#deps.brokers)
  }

  /**
   * Returns a broker by its id.
   * @throws InputError for an unknown broker
   */
  broker(id: string): Broker {
    const broker = this.#deps.brokers.get(id)
    if (broker !== undefined) return broker
    throw new InputError({
      broker: `“${id}” is not known; choose one of ${[...this.#deps.brokers.keys()].join(', ')}`,
    })
  }

  /**
   * Checks that a new account can have this name.
   * @throws InputError when it can't
   */
  assertFree(name: string): void {
    checkName(
      name,
      this.list.map((account) => account.name),
    )
  }

  /**
   * Adds an account. When it throws, nothing has been stored.
   * @param checked the input as `checkDraft` has checked it; by default it is checked here
   * @throws InputError naming every wrong input, LoginError for the keychain
   */
  async add(input: NewAccount, waiting: Waiting = {}, checked?: CheckedInput): Promise<void> {
    await (await this.#changes()).add(input, waiting, checked)
  }

  /**
   * Changes the given values, deletes those that `forget` names, and keeps the rest. A secret that is entered again
   * allows new attempts. Other addresses or another proxy want all stored secrets entered again or forgotten.
   * @param checked like that of `add`
   * @throws like `add`
   */
  async change(
    name: string,
    input: AccountChange,
    waiting: Waiting = {},
    checked?: CheckedInput,
  ): Promise<void> {
    await (await this.#changes()).change(name, input, waiting, checked)
  }

  /** Removes an account and all its secrets. */
  async remove(name: string, waiting: Waiting = {}): Promise<void> {
    await (await this.#changes()).remove(name, waiting)
  }

  /** Loaded when first used, because few mornings change an account. */
  async #changes(): Promise<AccountChanges> {
    const { AccountChanges } = await import('./account-changes.ts')
    return new AccountChanges(this, this.#deps)
  }
}
