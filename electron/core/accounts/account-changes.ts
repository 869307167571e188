import { isEqual } from '../../contract/equal.ts'
import { InputError } from '../errors.ts'
import type { Broker } from '../brokers/broker.ts'
import type { Clock, Keychain, Locks } from '../ports.ts'
import { accountNamed, type StateStore } from '../state/state.ts'
import type { Secret } from '../secret.ts'
import type { AccountChange, Accounts, AccountsDeps, NewAccount, Waiting } from './accounts.ts'
import { rebinding, type Destined } from './binding.ts'
import { deleteBundle } from './bundle.ts'
import { withoutAccount } from '../state/schedule-changes.ts'
import { bindingKey, filledFields, secretKey, type Account } from '../state/account.ts'
import { loginLock, noAttempts } from '../state/attempts.ts'
import { joinLogin } from './join-login.ts'
import { proxyPassword } from './proxy.ts'
import { assertTerms, checkInput, type CheckedInput } from './validate.ts'

/** Writes the changes of accounts: settings to the state file, secrets to the keychain. */
export class AccountChanges {
  readonly #accounts: Pick<Accounts, 'assertFree' | 'broker' | 'open'>
  readonly #store: StateStore
  readonly #keychain: Keychain
  readonly #locks: Locks
  readonly #clock: Clock

  constructor(
    accounts: Pick<Accounts, 'assertFree' | 'broker' | 'open'>,
    deps: Omit<AccountsDeps, 'brokers'>,
  ) {
    this.#accounts = accounts
    this.#store = deps.store
    this.#keychain = deps.keychain
    this.#locks = deps.locks
    this.#clock = deps.clock
  }

  /** See `Accounts.add`. */
  async add(input: NewAccount, waiting: Waiting, checked?: CheckedInput): Promise<void> {
    const broker = this.#accounts.broker(input.brokerId)
    const { name } = input
    this.#accounts.assertFree(name)
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
      this.#accounts.assertFree(name)
      await this.#withSecrets(null, account, secrets, async () => {
        await this.#store.update((state) => joinLogin(state, broker, account, secrets))
      })
    })
  }

  /** See `Accounts.change`. */
  async change(name: string, input: AccountChange, waiting: Waiting, checked?: CheckedInput): Promise<void> {
    const { account, broker } = this.#accounts.open(name)
    const { forget = [] } = input
    assertFields(forget, broker)
    const stored = new Set(filledFields(account).filter((field) => !forget.includes(field)))
    const { settings, secrets, endpoints, proxy } =
      checked ?? checkInput(broker, { ...input, mode: input.mode ?? account.mode }, stored, account)
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
      const { account: current } = this.#accounts.open(name)
      const gone = Object.fromEntries(forgotten.map((field) => [field, null]))
      const after = { name, brokerId: account.brokerId, endpoints, proxy }
      await this.#withSecrets(current, after, { ...gone, ...secrets }, update)
    })
  }

  /** See `Accounts.remove`. */
  async remove(name: string, waiting: Waiting): Promise<void> {
    const { account, broker } = this.#accounts.open(name)
    await this.#betweenLogins(account, waiting, async () => {
      for (const field of [...broker.fields, proxyPassword]) {
        if (field.kind !== 'setting') await this.#keychain.delete(secretKey(name, field.name))
      }
      await this.#keychain.delete(bindingKey(name))
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
    const lock = loginLock(account, this.#accounts.broker(account.brokerId))
    const release = await this.#locks.acquire(lock, signal, onWait)
    try {
      await action()
    } finally {
      await release()
    }
  }

  /**
   * Stores secrets with where they may go, deletes those that are null, and then runs `commit`. When any of it fails,
   * restores the keychain as far as possible.
   * @param before the account as it is; null for a new one
   */
  async #withSecrets(
    before: Account | null,
    after: Destined & Pick<Account, 'name'>,
    secrets: Readonly<Record<string, Secret | null>>,
    commit: () => Promise<void>,
  ): Promise<void> {
    const { name, brokerId } = after
    const entered = Object.keys(secrets).filter((field) => secrets[field] !== null)
    const binding = await rebinding(this.#keychain, before, after, this.#accounts.broker(brokerId), entered)
    const items: (readonly [string, Secret | null])[] = Object.entries(secrets).map(([field, secret]) => [
      secretKey(name, field),
      secret,
    ])
    if (binding.before !== null) items.unshift([bindingKey(name), binding.before])
    if (binding.after !== null) items.push([bindingKey(name), binding.after])
    const undo: (readonly [string, Secret | null])[] = []
    try {
      for (const [key, secret] of items) {
        undo.unshift([key, await this.#keychain.get(key)])
        await this.#put(key, secret)
      }
      await commit()
    } catch (error) {
      // Last things first, so that nothing is bound to addresses that it was not entered for.
      for (const [key, old] of undo) await this.#put(key, old).catch(() => undefined)
      throw error
    }
  }

  #put(key: string, secret: Secret | null): Promise<void> {
    return secret === null ? this.#keychain.delete(key) : this.#keychain.set(key, secret)
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
