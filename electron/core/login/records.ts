import type { Problem } from '../../contract/state.ts'
import { curedByNewDetails } from '../../contract/status.ts'
import type { Account, AddressRecord } from '../state/account.ts'
import { withAccount, type StateStore } from '../state/state.ts'
import type { BrokerAddresses } from '../brokers/broker.ts'
import type { LoginError } from '../errors.ts'
import type { TokenRecord } from '../state/freshness.ts'
import type { Trace } from '../state/trace.ts'

/** What a login has brought. */
export interface ObtainedLogin {
  readonly token: TokenRecord
  /** Why the token could not be tried from here; null when the broker has accepted it. */
  readonly problem: LoginError | null
  /** What the broker said of addresses; null when it was not asked or did not say. */
  readonly addresses: BrokerAddresses | null
  readonly trace: Trace
}

/** Writes into the state what becomes of the accounts' tokens and logins. */
export class Records {
  readonly #store: StateStore

  constructor(store: StateStore) {
    this.#store = store
  }

  async setToken(name: string, token: TokenRecord | null): Promise<void> {
    await this.#change(name, (account) => ({ ...account, token }))
  }

  /** A sign-in may end the token at hand, and may itself come to nothing. */
  async markTokenUnverified(name: string): Promise<void> {
    await this.#change(name, withTokenUnverified)
  }

  /** Says that there is no token, where the state does not say so already. */
  async clearToken(name: string): Promise<void> {
    const account = this.#store.state.accounts.find((candidate) => candidate.name === name)
    if (account?.token !== null) await this.setToken(name, null)
  }

  /** Keeps a login that has come to its end at `now` (epoch ms), in one stroke. */
  async setObtained(name: string, login: ObtainedLogin, now: number): Promise<void> {
    const { token, problem, addresses, trace } = login
    await this.#change(name, (account) => ({
      ...account,
      ...{ token, trace, problem: problemOf(problem, now) },
      ...(addresses !== null && { addresses: addressRecord(account, addresses, now) }),
    }))
  }

  /** Notes what the broker said of `token`, unless another token has taken its place meanwhile. */
  async setSeen(name: string, token: TokenRecord, seen: TokenRecord['seen']): Promise<void> {
    await this.#change(name, (account) =>
      account.token?.issuedAt === token.issuedAt ? { ...account, token: { ...token, seen } } : account,
    )
  }

  /** Notes that the keychain no longer has `token`, unless another has taken its place meanwhile. */
  async setGone(name: string, token: TokenRecord): Promise<void> {
    await this.#change(name, (account) =>
      account.token?.issuedAt === token.issuedAt ? { ...account, token: null } : account,
    )
  }

  /** What ended a login badly at `now` (epoch ms); null when nothing did. A cancelled login is no problem. */
  async setProblem(name: string, error: LoginError | null, now: number): Promise<void> {
    await this.#change(name, (account) => ({ ...account, problem: problemOf(error, now) }))
  }

  /**
   * The same of asking about the token at hand. That says nothing of wrong details: what the next login meets again
   * stays the account's problem, so that the user hears of it before that.
   */
  async setProbeProblem(name: string, error: LoginError | null, now: number): Promise<void> {
    await this.#change(name, (account) =>
      account.problem !== null && curedByNewDetails.has(account.problem.kind)
        ? account
        : { ...account, problem: problemOf(error, now) },
    )
  }

  async setTrace(name: string, trace: Trace): Promise<void> {
    await this.#change(name, (account) => ({ ...account, trace }))
  }

  async #change(name: string, change: (account: Account) => Account): Promise<void> {
    await this.#store.update((state) => withAccount(state, name, change))
  }
}

/** What a broker has said of addresses, beside what it had seen at the login before. */
function addressRecord(
  { addresses }: Account,
  { seen, registered }: BrokerAddresses,
  now: number,
): AddressRecord {
  return { seen, registered: [...registered], at: now, before: addresses?.seen ?? addresses?.before ?? null }
}

/** The account with a token that was accepted before, and may be ended by what is sent next. */
export function withTokenUnverified(account: Account): Account {
  const { token } = account
  return token?.seen === 'accepted' ? { ...account, token: { ...token, seen: 'unverified' } } : account
}

const problemOf = (error: LoginError | null, now: number): Problem | null =>
  error === null || error.kind === 'cancelled' ? null : error.toProblem(now)
