import type { Problem } from '../../contract/state.ts'
import { curedByNewDetails } from '../../contract/status.ts'
import type { Account, AddressRecord } from '../state/account.ts'
import type { BrokerAddresses } from '../brokers/broker.ts'
import type { LoginError } from '../errors.ts'
import type { TokenRecord } from '../state/freshness.ts'
import type { Trace } from '../state/trace.ts'

/** A change for `AccountHandle.update`. */
type Change = (account: Account) => Account

/** The results of a login that has brought a token. */
export interface ObtainedLogin {
  readonly token: TokenRecord
  /** The user ID that the broker named for the token; empty when it named none. */
  readonly tokenUser: string
  /** Why the token could not be tried from here; null when the broker has accepted it. */
  readonly problem: LoginError | null
  /** What the broker said of addresses; null when it was not asked or did not say. */
  readonly addresses: BrokerAddresses | null
  readonly trace: Trace
}

/** Records a token, or with null that there is none. */
export const withToken =
  (token: TokenRecord | null): Change =>
  (account) => ({ ...account, token })

/**
 * Marks a token that was accepted before as unverified, because what is sent next may end it. An answer to what was
 * sent earlier no longer counts, see `withSeen`.
 */
export function withTokenUnverified(account: Account): Account {
  const { token } = account
  if (token === null) return account
  const seen = token.seen === 'accepted' ? 'unverified' : token.seen
  return { ...account, token: { ...token, seen, doubts: (token.doubts ?? 0) + 1 } }
}

/** Records a login that ended at `now` (epoch ms) with a token, all in one write. */
export const withObtained =
  ({ token, tokenUser, problem, addresses, trace }: ObtainedLogin, now: number): Change =>
  (account) => ({
    ...account,
    ...{ token, trace, problem: problemOf(problem, now) },
    ...(tokenUser !== '' && { tokenUser }),
    ...(addresses !== null && { addresses: addressRecord(account, addresses, now) }),
  })

/**
 * Records what the broker said of `token`, unless another token has replaced it meanwhile, or something was sent that
 * may have ended it.
 */
export const withSeen =
  (token: TokenRecord, seen: TokenRecord['seen']): Change =>
  (account) =>
    account.token?.issuedAt === token.issuedAt && account.token.doubts === token.doubts
      ? { ...account, token: { ...token, seen } }
      : account

/** Records that the keychain no longer has `token`, unless another token has replaced it meanwhile. */
export const withTokenLost =
  (token: TokenRecord): Change =>
  (account) =>
    account.token?.issuedAt === token.issuedAt ? { ...account, token: null } : account

/** Records the error that ended a login at `now` (epoch ms), or null for none. A cancelled login is no problem. */
export const withProblem =
  (error: LoginError | null, now: number): Change =>
  (account) => ({ ...account, problem: problemOf(error, now) })

/**
 * Records how a probe of the token at hand ended, as `withProblem` does. A problem with the account's details stays,
 * because a probe says nothing of them and the next login meets it again.
 */
export const withProbeProblem =
  (error: LoginError | null, now: number): Change =>
  (account) =>
    account.problem !== null && curedByNewDetails.has(account.problem.kind)
      ? account
      : { ...account, problem: problemOf(error, now) }

/** Records what a login did. */
export const withTrace =
  (trace: Trace): Change =>
  (account) => ({ ...account, trace })

/** Returns what a broker has said of addresses, with the one that it had seen at the login before. */
function addressRecord(
  { addresses }: Account,
  { seen, registered }: BrokerAddresses,
  now: number,
): AddressRecord {
  return { seen, registered: [...registered], at: now, before: addresses?.seen ?? addresses?.before ?? null }
}

const problemOf = (error: LoginError | null, now: number): Problem | null =>
  error === null || error.kind === 'cancelled' ? null : error.toProblem(now)
