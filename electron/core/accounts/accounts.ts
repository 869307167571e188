import type { Broker } from '../brokers/broker.ts'
import { isEqual } from '../../contract/equal.ts'
import { InputError } from '../errors.ts'
import type { Clock, Keychain, Locks } from '../ports.ts'
import { AccountHandle } from '../state/account-handle.ts'
import { accountNamed, type StateStore } from '../state/state.ts'
import type { Secret } from '../secret.ts'
import { deleteBundle } from './bundle.ts'
import { withoutAccount } from '../state/schedule-changes.ts'
import { filledFields, secretKey, type Account } from '../state/account.ts'
import { loginLock, noAttempts } from '../state/attempts.ts'
import { isForCodesAlone } from './codes-alone.ts'
import { joinLogin } from './join-login.ts'
import { proxyPassword } from './proxy.ts'
import { assertTerms, checkInput, checkName, type AccountInput, type CheckedInput } from './validate.ts'

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
  readonly #store: StateStore
  readonly #keychain: Keychain
  readonly #locks: Locks
  readonly #clock: Clock
  readonly #brokers: ReadonlyMap<string, Broker>

  constructor(deps: AccountsDeps) {
    this.#store = deps.store
    this.#keychain = deps.keychain
    this.#locks = deps.locks
    this.#clock = deps.clock
    this.#brokers = deps.brokers
  }

  get list(): readonly Account[] {
    return this.#store.state.accounts
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
    return new AccountHandle(name, this.#store, this.#brokers)
  }

  /**
   * Returns a broker by its id.
   * @throws InputError for an unknown broker
   */
  broker(id: string): Broker {
    const broker = this.#brokers.get(id)
    if (broker !== undefined) return broker
    throw new InputError({
      broker: `“${id}” is not known; choose one of ${[...this.#brokers.keys()].join(', ')}`,
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
    const broker = this.broker(input.brokerId)
    const { name } = input
    this.assertFree(name)
    const { settings, secrets, endpoints, proxy } = checked ?? checkInput(broker, input, new Set())
    const now = this.#clock.now()
    const account: Account = {
      name,
      brokerId: broker.id,
      settings,
      endpoints,
      proxy,
      family: input.family ?? null,
      ...(input.mode !== undefined && { mode: input.mode }),
      termsAcceptedAt: input.acceptTerms ? now : null,
      secretsSetAt: timesSet(secrets, now),
      ...noAttempts,
      passwordProven: false,
      token: null,
      problem: null,
      trace: null,
    }
    assertTerms(account, broker)
    await this.#betweenLogins(account, waiting, async () => {
      // Another window or process may have taken the name meanwhile, and its secrets must not be overwritten.
      await this.#store.reload()
      this.assertFree(name)
      await this.#withSecrets(name, secrets, async () => {
        await this.#store.update((state) => joinLogin(state, broker, account, secrets))
      })
    })
  }

  /**
   * Changes the given values, deletes those that `forget` names, and keeps the rest. A secret that is entered again
   * allows new attempts.
   * @param checked like that of `add`
   * @throws like `add`
   */
  async change(
    name: string,
    input: AccountChange,
    waiting: Waiting = {},
    checked?: CheckedInput,
  ): Promise<void> {
    const { account, broker } = this.open(name)
    const { forget = [] } = input
    assertFields(forget, broker)
    const stored = new Set(filledFields(account).filter((field) => !forget.includes(field)))
    const { settings, secrets, endpoints, proxy } =
      checked ?? checkInput(broker, { ...input, mode: input.mode ?? account.mode }, stored, account.proxy)
    const forgotten = (proxy?.user ?? '') === '' ? [...forget, proxyPassword.name] : forget
    const changed = (current: Account, now: number): Account => {
      const mode = input.mode ?? current.mode
      const next = {
        ...current,
        settings: { ...without(current.settings, forgotten), ...settings },
        endpoints,
        proxy,
        family: input.family === undefined ? (current.family ?? null) : input.family,
        ...(mode !== undefined && { mode }),
        termsAcceptedAt: current.termsAcceptedAt ?? (input.acceptTerms ? now : null),
        secretsSetAt: { ...without(current.secretsSetAt, forgotten), ...timesSet(secrets, now) },
      }
      const isNew = Object.keys(secrets).length > 0 || !isAsBefore(current, next)
      const isSameOwner = isTokensOwn(current, next, broker)
      return {
        ...next,
        // What the broker accepted for another user or server says nothing about this one.
        passwordProven: current.passwordProven && isSameOwner && !entersPassword(broker, secrets),
        token: isSameOwner ? current.token : null,
        tokenUser: isSameOwner ? current.tokenUser : undefined,
        problem: isNew ? null : current.problem,
      }
    }
    assertTerms(changed(account, this.#clock.now()), broker)
    const update = async (): Promise<void> => {
      await this.#store.update((state) => {
        const current = accountNamed(state, name)
        if (current === undefined) return state
        return joinLogin(state, broker, changed(current, this.#clock.now()), secrets)
      })
    }
    await this.#betweenLogins(account, waiting, async () => {
      // Throws when the account was removed while this waited.
      this.open(name)
      const gone = Object.fromEntries(forgotten.map((field) => [field, null]))
      await this.#withSecrets(name, { ...gone, ...secrets }, update)
    })
  }

  /** Removes an account and all its secrets. */
  async remove(name: string, waiting: Waiting = {}): Promise<void> {
    const { account, broker } = this.open(name)
    await this.#betweenLogins(account, waiting, async () => {
      for (const field of [...broker.fields, proxyPassword]) {
        if (field.kind !== 'setting') await this.#keychain.delete(secretKey(name, field.name))
      }
      await deleteBundle(this.#keychain, name, broker)
      await this.#store.update((state) => ({
        ...state,
        accounts: state.accounts.filter((account) => account.name !== name),
        settings: { ...state.settings, schedule: withoutAccount(state.settings.schedule, name) },
      }))
    })
  }

  async #betweenLogins(account: Account, waiting: Waiting, action: () => Promise<void>): Promise<void> {
    const { signal = new AbortController().signal, onWait } = waiting
    const lock = loginLock(account, this.broker(account.brokerId))
    const release = await this.#locks.acquire(lock, signal, onWait)
    try {
      await action()
    } finally {
      await release()
    }
  }

  /**
   * Stores secrets, deletes those that are null, and then runs `commit`. When any of it fails, restores the keychain
   * as far as possible.
   */
  async #withSecrets(
    name: string,
    secrets: Readonly<Record<string, Secret | null>>,
    commit: () => Promise<void>,
  ): Promise<void> {
    const before = new Map<string, Secret | null>()
    try {
      for (const [field, secret] of Object.entries(secrets)) {
        const key = secretKey(name, field)
        before.set(key, await this.#keychain.get(key))
        await (secret === null ? this.#keychain.delete(key) : this.#keychain.set(key, secret))
      }
      await commit()
    } catch (error) {
      for (const [key, old] of before) {
        const undo = old === null ? this.#keychain.delete(key) : this.#keychain.set(key, old)
        await undo.catch(() => undefined)
      }
      throw error
    }
  }
}

/** Tells whether a stored token still belongs to the account, which now may name another user, app or server. */
function isTokensOwn(
  before: Pick<Account, 'settings' | 'endpoints'>,
  after: Pick<Account, 'settings' | 'endpoints'>,
  { fields }: Pick<Broker, 'fields'>,
): boolean {
  const loginOnly = fields.filter((field) => field.loginOnly === true).map(({ name }) => name)
  return (
    isEqual(without(before.settings, loginOnly), without(after.settings, loginOnly)) &&
    isEqual(before.endpoints, after.endpoints)
  )
}

/** Tells whether the user has entered a value that the broker counts when it is wrong. */
const entersPassword = ({ fields }: Broker, secrets: Readonly<Record<string, Secret>>): boolean =>
  fields.some(({ kind, name }) => kind === 'guarded' && name in secrets)

const defaults = { mode: 'unattended', family: null } as const

/** Tells whether saving has changed nothing, so that the account's problem stays. */
const isAsBefore = (before: Account, after: Account): boolean =>
  isEqual({ ...defaults, ...before }, { ...defaults, ...after })

function assertFields(names: readonly string[], broker: Broker): void {
  const unknown = names.filter((name) => !broker.fields.some((field) => field.name === name))
  if (unknown.length === 0) return
  throw new InputError(Object.fromEntries(unknown.map((name) => [name, `is not a field of ${broker.name}`])))
}

const without = <T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)))

const timesSet = (secrets: Readonly<Record<string, Secret>>, now: number): Record<string, number> =>
  Object.fromEntries(Object.keys(secrets).map((field) => [field, now]))
