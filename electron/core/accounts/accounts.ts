import type { Broker } from '../brokers/broker.ts'
import { InputError } from '../errors.ts'
import { AccountHandle } from '../state/account-handle.ts'
import { checkName } from '../state/account-name.ts'
import { filledFields, type Account } from '../state/account.ts'
import type { AccountChanges } from './account-changes.ts'
import { isForCodesAlone } from './codes-alone.ts'
import type { AccountChange, AccountsDeps, NewAccount, Waiting } from './types.ts'
import type { CheckedInput } from './validate.ts'

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

  /** The names of the accounts that have a login, at a broker that is known and with more than a TOTP secret alone. */
  get namesWithLogin(): string[] {
    const hasLogin = (account: Account): boolean => {
      const broker = this.#deps.brokers.get(account.brokerId)
      return broker !== undefined && !isForCodesAlone(broker, filledFields(account))
    }
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
