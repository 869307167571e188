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
 * Returns `state` with an account, new or in its old place. The account takes over the attempts of its login, because
 * those of other accounts of the same person count for it too. A secret that was entered again resets its own attempts
 * in all these accounts, and no others: one wrong password and two wrong codes, twice over, would lock the account.
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
  // A user who types the codes has no TOTP secret to enter again.
  const typesCodes = storedTotpField(account, broker) === undefined
  return has('totp') || (has('guarded') && typesCodes) ? settle(forgiven, 'code') : forgiven
}
