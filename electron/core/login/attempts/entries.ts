import type { ProblemKind } from '../../../contract/state.ts'
import type { Account } from '../../state/account.ts'
import type { AccountHandle } from '../../state/account-handle.ts'
import {
  mayTry,
  settle,
  spend,
  takeBack,
  type Spendable,
  entryNames,
  type EntryNames,
} from '../../state/attempts.ts'
import type { EntryKind } from '../../brokers/broker.ts'
import type { LoginError } from '../../errors.ts'
import { attemptsLeftIn } from '../../brokers/kit/attempts-left.ts'
import { rememberWindow } from './code-timing.ts'
import { coolDownLeft } from './cool-down.ts'
import { withLoginCounted } from './login-limits.ts'
import { withTokenUnverified } from '../records.ts'

/** Refusals that are about the password which was sent. */
const refusesPassword: ReadonlySet<ProblemKind> = new Set(['bad-credentials', 'account-locked'])

/** Whether an entry was left without a known answer, so that its attempt has to stay spent. */
export type Outcome = 'known' | 'unknown'

/**
 * The entries of one conversation that the broker counts. Each is written down before it leaves; one request may
 * carry several. What a reply proves settles them, and a failure settles all that are pending.
 */
export class Entries {
  readonly #handle: AccountHandle
  readonly #pending = new Set<EntryKind>()
  /** Accepted by the broker and not written down yet. */
  readonly #accepted = new Set<EntryKind>()
  #flushed: Promise<unknown> = Promise.resolve()
  /** Whether the login is counted against the broker's limits, which its first entry does. */
  #isCounted = false

  constructor(handle: AccountHandle) {
    this.#handle = handle
  }

  /** The account as it stands now: attempts change it while the login runs. */
  get account(): Account {
    return this.#handle.account
  }

  /** What they are called, for the words of a refusal. */
  get names(): EntryNames {
    return entryNames(this.account, this.#handle.broker)
  }

  /** @throws LoginError `budget-spent` when no more of these may be sent */
  assertAllowed(kinds: readonly EntryKind[]): void {
    let attempts: Spendable = withSettled(this.account, [...this.#accepted])
    for (const kind of kinds) attempts = spend(attempts, kind, this.names)
  }

  /**
   * Writes down entries that leave together, in one stroke. From then on the broker may end an earlier token, which
   * counts as unverified.
   * @param now epoch ms
   * @param window the time window of the code among them, where it is computed here
   * @throws LoginError `budget-spent`
   */
  async spend(kinds: readonly EntryKind[], now: number, window: number | null = null): Promise<void> {
    const { broker } = this.#handle
    await this.#write((account) => {
      const names = entryNames(account, broker)
      const spent = kinds.reduce(
        (attempts, kind) => spend(attempts, kind, names),
        withTokenUnverified(account),
      )
      return {
        ...spent,
        ...(window !== null && { codesSent: rememberWindow(spent.codesSent, window) }),
        ...(!this.#isCounted && withLoginCounted(account, broker, now)),
      }
    })
    this.#isCounted = true
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
    this.#flushed = this.#write()
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

  /** Writes down what was accepted, and then `change`. */
  async #write(change: (account: Account) => Account = (account) => account): Promise<void> {
    const accepted = [...this.#accepted]
    this.#accepted.clear()
    try {
      await this.#handle.update((account) => change(withSettled(account, accepted)))
    } catch (error) {
      // The next write brings it along.
      for (const kind of accepted) this.#accepted.add(kind)
      throw error
    }
  }
}

/** The account with the attempts that the broker has accepted settled, and a password among them proven. */
function withSettled(account: Account, accepted: readonly EntryKind[]): Account {
  const settled = accepted.reduce((before, kind) => settle(before, kind), account)
  return accepted.includes('password') ? { ...settled, passwordProven: true } : settled
}
