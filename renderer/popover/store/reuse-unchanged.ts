import type { AppState } from '../../../electron/contract/state.ts'

/**
 * Returns the new state with every unchanged piece taken from the old one. Each state arrives as a new copy, and a
 * card renders again only when its account is another object.
 */
export function reuseUnchanged(before: AppState | null, after: AppState): AppState {
  if (before === null) return after
  const earlier = new Map(before.accounts.map((account) => [account.name, account]))
  const accounts = after.accounts.map((account) => unlessEqual(earlier.get(account.name), account))
  const unmoved =
    accounts.length === before.accounts.length &&
    accounts.every((account, index) => account === before.accounts[index])
  return {
    ...after,
    accounts: unmoved ? before.accounts : accounts,
    clipboard: unlessEqual(before.clipboard, after.clipboard),
  }
}

/** Compares as JSON, because both are plain values from the bridge with their fields in the contract's order. */
function unlessEqual<T>(before: T | undefined, after: T): T {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after) ? before : after
}
