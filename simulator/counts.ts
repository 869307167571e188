import type { ProblemKind } from '../electron/contract/state.ts'

/** Counts what happens in a run. */
export class Counts {
  mornings = 0
  logins = 0
  kept = 0
  kills = 0
  cancelled = 0
  userActions = 0
  leftToTheUser = 0
  /** Logins that survived a lost reply because the password was proven. */
  savedByProof = 0
  /** Mornings on which a broker without a substitute had a missing route. */
  goneMornings = 0
  /** Logins over the older of two generations of a broker's login. */
  fallbackLogins = 0
  /** Working tokens that the broker did not check for this address. */
  addressBoundProbes = 0
  /** Logins that send password and code in one request. */
  twoEntryLogins = 0
  readonly failures = new Map<ProblemKind, number>()
}
