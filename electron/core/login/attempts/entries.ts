import type { ProblemKind } from '../../../contract/state.ts'
import type { Account } from '../../state/account.ts'
import { withAccount, type State, type StateStore } from '../../state/state.ts'
import {
  withAttempts,
  type Attempts,
  mayTry,
  settle,
  spend,
  takeBack,
  type Spendable,
  entryNames,
  type EntryNames,
} from '../../state/attempts.ts'
import type { Broker, EntryKind } from '../../brokers/broker.ts'
import type { LoginError } from '../../errors.ts'
import { attemptsLeftIn } from '../../brokers/kit/attempts-left.ts'
import { rememberWindow } from './code-timing.ts'
import { coolDownLeft } from './cool-down.ts'
import { withTokenUnverified } from '../records.ts'

interface EntriesDeps {
  readonly account: Account
  readonly broker: Broker
  readonly store: StateStore
}

/** Refusals that are about the password which was sent. */
const refusesPassword: ReadonlySet<ProblemKind> = new Set(['bad-credentials', 'account-locked'])

/** Whether an entry was left without a known answer, so that its attempt has to stay spent. */
export type Outcome = 'known' | 'unknown'

/**
 * The entries of one conversation that the broker counts. Each is written down before it leaves; one request may
 * carry several. What a reply proves settles them, and a failure settles all that are pending.
 */
export class Entries {
  readonly #deps: EntriesDeps
  readonly #pending = new Set<EntryKind>()
  /** Accepted by the broker and not written down yet. */
  readonly #accepted = new Set<EntryKind>()
  #flushed: Promise<unknown> = Promise.resolve()

  constructor(deps: EntriesDeps) {
    this.#deps = deps
  }

  /** The account as it stands now: attempts change it while the login runs. */
  get account(): Account {
    const { account, store } = this.#deps
    return store.state.accounts.find(({ name }) => name === account.name) ?? account
  }

  /** What they are called, for the words of a refusal. */
  get names(): EntryNames {
    return entryNames(this.account, this.#deps.broker)
  }

  /** @throws LoginError `budget-spent` when no more of these may be sent */
  assertAllowed(kinds: readonly EntryKind[]): void {
    let attempts: Spendable = this.#asAccepted(this.account)
    for (const kind of kinds) attempts = spend(attempts, kind, this.names)
  }

  /**
   * Writes down entries that leave together, in one stroke. From then on the broker may end an earlier token, which
   * counts as unverified.
   * @param window the time window of the code among them, where it is computed here
   * @throws LoginError `budget-spent`
   */
  async spend(kinds: readonly EntryKind[], window: number | null = null): Promise<void> {
    await this.#write((account) => {
      const names = entryNames(account, this.#deps.broker)
      const spent = kinds.reduce((attempts, kind) => spend(attempts, kind, names), account)
      return window === null ? spent : { ...spent, codesSent: rememberWindow(spent.codesSent, window) }
    }, withTokenUnverified)
    for (const kind of kinds) this.#pending.add(kind)
  }

  /** The broker's reply shows that it took these. Written down by the next write, or by `flush`. */
  accept(kinds: readonly EntryKind[]): void {
    for (const kind of kinds) {
      this.#pending.delete(kind)
      this.#accepted.add(kind)
    }
  }

  /** Begins to write down what was accepted; the end of it is awaited by `settled`. */
  flush(): void {
    if (this.#accepted.size === 0) return
    this.#flushed = this.#write((account) => account)
    // Heard of in `settled`.
    this.#flushed.catch(() => undefined)
  }

  /** Resolves when all that was accepted is written down. */
  async settled(): Promise<void> {
    this.flush()
    await this.#flushed
  }

  /**
   * Settles what is pending by the error that ended the conversation. Gives back attempts that the broker surely has
   * not judged, and writes down what it has said of further tries.
   * @param coolDownMs how long the broker wants no requests
   * @param now epoch ms
   * @returns whether a password was left without an answer that allows another try with it
   */
  async fail(error: LoginError, coolDownMs: number, now: number): Promise<Outcome> {
    await this.settled()
    const pending = [...this.#pending]
    this.#pending.clear()
    const attemptsLeft = attemptsLeftIn(error.brokerWords)
    const isGivenBack = error.notJudged
    const isRefused = pending.includes('password') && !isGivenBack && refusesPassword.has(error.kind)
    const hasChanged =
      (isGivenBack && pending.length > 0) || isRefused || attemptsLeft !== null || coolDownMs > 0
    if (hasChanged) {
      await this.#write((account) => ({
        ...(isGivenBack ? pending.reduce((attempts, kind) => takeBack(attempts, kind), account) : account),
        ...(isRefused && { passwordRefused: true }),
        ...(attemptsLeft !== null && { attemptsLeft }),
        ...(coolDownMs > 0 && {
          coolDownUntil: now + Math.max(coolDownMs, coolDownLeft(account.coolDownUntil, now)),
        }),
      }))
    }
    const isOpen = pending.includes('password') && error.retrySafe && !isGivenBack
    return isOpen && !mayTry(this.account, 'password') ? 'unknown' : 'known'
  }

  /**
   * @param change of the attempts, which all accounts of the login share
   * @param changeOwn of this account alone
   */
  async #write(
    change: (account: Account) => Attempts,
    changeOwn: (account: Account) => Account = (account) => account,
  ): Promise<void> {
    const accepted = new Set(this.#accepted)
    this.#accepted.clear()
    const { account, broker, store } = this.#deps
    try {
      await store.update((state) => {
        const settled = withSettled(state, account.name, broker, accepted)
        return withAccount(withAttempts(settled, account.name, broker, change), account.name, changeOwn)
      })
    } catch (error) {
      // The next write brings it along.
      for (const kind of accepted) this.#accepted.add(kind)
      throw error
    }
  }

  #asAccepted(account: Account): Account {
    return [...this.#accepted].reduce((attempts, kind) => settle(attempts, kind), account)
  }
}

/** `state` with the attempts that the broker has accepted settled, and a password among them proven. */
function withSettled(state: State, name: string, broker: Broker, accepted: ReadonlySet<EntryKind>): State {
  if (accepted.size === 0) return state
  const settled = withAttempts(state, name, broker, (attempts) =>
    [...accepted].reduce((before, kind) => settle(before, kind), attempts),
  )
  return accepted.has('password')
    ? withAccount(settled, name, (account) => ({ ...account, passwordProven: true }))
    : settled
}
