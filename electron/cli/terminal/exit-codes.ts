import type { ProblemKind } from '../../contract/state.ts'

export const exitCodes = {
  ok: 0,
  bug: 1,
  usage: 2,
  refused: 3,
  unreachable: 4,
  keychain: 5,
  budgetSpent: 6,
  cancelled: 130,
} as const

/** Maps each kind of problem to an exit code, which tells a script whether to retry, wait, or call the user. */
export const exitCodeOf: Readonly<Record<ProblemKind, number>> = {
  'bad-credentials': exitCodes.refused,
  'bad-totp': exitCodes.refused,
  'second-factor-mismatch': exitCodes.refused,
  'second-factor-needed': exitCodes.refused,
  'consent-required': exitCodes.refused,
  'account-locked': exitCodes.refused,
  'ip-not-allowed': exitCodes.refused,
  'app-config': exitCodes.refused,
  subscription: exitCodes.refused,
  'token-expired': exitCodes.refused,
  'bot-wall': exitCodes.refused,
  'protocol-changed': exitCodes.refused,
  'clock-skew': exitCodes.refused,
  'rate-limited': exitCodes.unreachable,
  'broker-down': exitCodes.unreachable,
  network: exitCodes.unreachable,
  timeout: exitCodes.unreachable,
  'keychain-locked': exitCodes.keychain,
  'keychain-missing': exitCodes.keychain,
  'budget-spent': exitCodes.budgetSpent,
  cancelled: exitCodes.cancelled,
}
