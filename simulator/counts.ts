import type { ProblemKind } from '../electron/contract/state.ts'

/** What a run counts. */
export class Counts {
  mornings = 0
  logins = 0
  kept = 0
  kills = 0
  cancelled = 0
  userActions = 0
  leftToTheUser = 0
  /** Logins that a proven password has carried over a lost reply. */
  savedByProof = 0
  /** Mornings on which a route was gone at a broker that nothing replaces. */
  goneMornings = 0
  /** Logins over the older of two generations of a broker's login. */
  fallbackLogins = 0
  /** Good tokens that a broker would not look at from this address. */
  addressBoundProbes = 0
  /** Logins whose one request carries password and code. */
  twoEntryLogins = 0
  readonly failures = new Map<ProblemKind, number>()
}
