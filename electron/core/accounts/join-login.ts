import type { Broker, FieldKind } from '../brokers/broker.ts'
import {
  settle,
  isSameLogin,
  storedTotpField,
  withAttempts,
  noAttempts,
  type Attempts,
} from '../state/attempts.ts'
import type { Secret } from '../secret.ts'
import type { Account } from '../state/account.ts'
import { withAccount, type State } from '../state/state.ts'

/**
 * Puts an account into the state, new or in its old place. Its attempts are those of its login: what other accounts
 * of the same person have spent counts for it too, and what the user has just entered again is forgiven
 * for all. Each only for itself: one wrong password and two wrong codes, twice over, would lock the account.
 */
export function joinLogin(
  state: State,
  broker: Broker,
  account: Account,
  entered: Readonly<Record<string, Secret>>,
): State {
  const known = state.accounts.find((other) => isSameLogin(account, other, broker))
  const isOld = state.accounts.some(({ name }) => name === account.name)
  const joined = isOld
    ? withAccount(state, account.name, () => account)
    : { ...state, accounts: [...state.accounts, account] }
  const attempts = forgiveEntered(known ?? noAttempts, account, broker, entered)
  return withAttempts(joined, account.name, broker, () => attempts)
}

function forgiveEntered(
  attempts: Attempts,
  account: Account,
  broker: Broker,
  entered: Readonly<Record<string, Secret>>,
): Attempts {
  const has = (kind: FieldKind): boolean =>
    broker.fields.some((field) => field.kind === kind && entered[field.name] !== undefined)
  const forgiven = has('guarded') ? settle(attempts, 'password') : attempts
  // Where the user types the codes there is no TOTP secret to enter again.
  const typesCodes = storedTotpField(account, broker) === undefined
  return has('totp') || (has('guarded') && typesCodes) ? settle(forgiven, 'code') : forgiven
}
