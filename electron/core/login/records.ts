import type { Problem } from '../../contract/state.ts'
import { curedByNewDetails } from '../../contract/status.ts'
import { withAccount, type Account } from '../accounts/account.ts'
import type { BrokerAddresses } from '../brokers/broker.ts'
import type { LoginError } from '../errors.ts'
import type { StateStore } from '../ports.ts'
import type { TokenRecord } from '../tokens/freshness.ts'
import type { Trace } from './trace.ts'

/** Writes into the state what becomes of the accounts' tokens and logins. */
export class Records {
  readonly #store: StateStore

  constructor(store: StateStore) {
    this.#store = store
  }

  async setToken(name: string, token: TokenRecord | null): Promise<void> {
    await this.#change(name, (account) => ({ ...account, token }))
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

  /** Keeps what a broker said at `now` (epoch ms) of addresses, beside what it had seen at the login before. */
  async setAddresses(name: string, { seen, registered }: BrokerAddresses, now: number): Promise<void> {
    await this.#change(name, (account) => {
      const before = account.addresses?.seen ?? account.addresses?.before ?? null
      return { ...account, addresses: { seen, registered: [...registered], at: now, before } }
    })
  }

  async setTrace(name: string, trace: Trace): Promise<void> {
    await this.#change(name, (account) => ({ ...account, trace }))
  }

  async #change(name: string, change: (account: Account) => Account): Promise<void> {
    await this.#store.update((state) => withAccount(state, name, change))
  }
}

const problemOf = (error: LoginError | null, now: number): Problem | null =>
  error === null || error.kind === 'cancelled' ? null : error.toProblem(now)
