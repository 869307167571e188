import { isEqual } from '../../contract/equal.ts'
import type { Broker } from '../brokers/broker.ts'
import { InputError } from '../errors.ts'
import type { Account } from './account.ts'
import { attemptsOf, withAttempts } from './attempts.ts'
import { accountNamed, withAccount, type StateStore } from './state.ts'

/**
 * An account that was opened by its name. Its properties are read anew each time, because this process and others
 * change the account meanwhile.
 */
export class AccountHandle {
  readonly name: string
  readonly #store: StateStore
  readonly #brokers: ReadonlyMap<string, Broker>

  /** @throws InputError for `name` when there is no such account, or its broker is not known */
  constructor(name: string, store: StateStore, brokers: ReadonlyMap<string, Broker>) {
    this.name = name
    this.#store = store
    this.#brokers = brokers
    this.#find()
  }

  /**
   * The account as the state has it now.
   * @throws InputError when it has been removed
   */
  get account(): Account {
    return this.#find().account
  }

  /**
   * The account's broker.
   * @throws InputError when the account has been removed
   */
  get broker(): Broker {
    return this.#find().broker
  }

  /**
   * Changes the account, as the newest state on disk has it; does nothing when it has been removed. A change of its
   * attempts changes those of all accounts of its login.
   */
  async update(change: (account: Account) => Account): Promise<void> {
    await this.#store.update((state) => {
      const before = accountNamed(state, this.name)
      const owner = before && this.#brokers.get(before.brokerId)
      if (before === undefined || owner === undefined) return state
      const after = change(before)
      const changed = withAccount(state, this.name, () => after)
      return isEqual(attemptsOf(before), attemptsOf(after))
        ? changed
        : withAttempts(changed, this.name, owner, () => after)
    })
  }

  #find(): { account: Account; broker: Broker } {
    const account = accountNamed(this.#store.state, this.name)
    if (account === undefined) throw noAccount(this.name, this.#store.state.accounts)
    const broker = this.#brokers.get(account.brokerId)
    if (broker === undefined)
      throw new InputError({
        name: `This version doesn’t know the broker “${account.brokerId}” of ${this.name}.`,
      })
    return { account, broker }
  }
}

/** More names do not fit a line. */
const MAX_NAMES = 8

/** Returns the error for a name that no account has, with the names that there are. */
function noAccount(name: string, accounts: readonly { readonly name: string }[]): InputError {
  const names = accounts.map((account) => account.name)
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : ''
  const known = names.length === 0 ? '' : ` You have: ${names.slice(0, MAX_NAMES).join(', ')}${more}.`
  return new InputError({ name: `No account “${name}”.${known}` })
}
