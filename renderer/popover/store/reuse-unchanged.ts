import { isEqual } from '../../../electron/contract/equal.ts'
import type { AccountView, AppState } from '../../../electron/contract/state.ts'

/**
 * Returns the new state with every unchanged piece taken from the old one. Each state arrives as a new copy: this
 * is the page's one comparison, and the rest of it goes by identity.
 */
export function reuseUnchanged(before: AppState | null, after: AppState): AppState {
  if (before === null) return after
  const earlier = new Map(before.accounts.map((account) => [account.name, account]))
  const accounts = after.accounts.map((account) => reuseAccount(earlier.get(account.name), account))
  const unmoved =
    accounts.length === before.accounts.length &&
    accounts.every((account, index) => account === before.accounts[index])
  return {
    ...after,
    accounts: unmoved ? before.accounts : accounts,
    clipboard: unlessEqual(before.clipboard, after.clipboard),
  }
}

/** Keeps the problem of an account that has changed otherwise, so that its identity tells whether it is another. */
function reuseAccount(before: AccountView | undefined, after: AccountView): AccountView {
  if (before === undefined || isEqual(before, after)) return before ?? after
  return { ...after, problem: unlessEqual(before.problem, after.problem) }
}

const unlessEqual = <T>(before: T, after: T): T => (isEqual(before, after) ? before : after)
