import type { AccountView } from '../../../electron/contract/state.ts'
import { isReady, obstacle } from '../../../electron/contract/status.ts'

/** From this many accounts on, each is one line, but for the marked one. */
const COMPACT_FROM = 5

/** Returns whether accounts are shown as lines, because so many cards would not fit. */
export const isCompact = (accounts: readonly unknown[]): boolean => accounts.length >= COMPACT_FROM

/** Returns whether an account is not ready for the morning's work; one for codes alone always is. */
export const isUnready = (account: AccountView): boolean =>
  account.canLogIn && (!isReady(account) || account.login !== null)

/** Returns an account's group in a long list: what asks, what is in trouble and what runs come first while they last. */
function group(account: AccountView, pinned: string | null): number {
  if (account.question !== null) return 0
  const trouble = obstacle(account)
  if (trouble !== null) return trouble === 'user' ? 1 : 2
  if (account.login !== null) return 3
  return account.name === pinned ? 4 : 5
}

/** Returns the accounts in the order in which they are shown. A short list keeps the user's order below the pinned one. */
export function inOrder(accounts: readonly AccountView[], pinned: string | null): readonly AccountView[] {
  const long = isCompact(accounts)
  const groupOf = (account: AccountView): number =>
    long ? group(account, pinned) : Number(account.name !== pinned)
  return accounts.toSorted((one, other) => groupOf(one) - groupOf(other))
}

/** Describes a move of an account in the list. */
export interface Move {
  readonly name: string
  /** The account that it is placed before; null for the end. */
  readonly before: string | null
}

/**
 * Returns the move of an account by one place among the shown accounts; null at the ends.
 * @param names all accounts in their order
 * @param shown the accounts that a search has found
 * @param step -1 for up, 1 for down
 */
export function moveBy(
  names: readonly string[],
  shown: readonly string[],
  name: string,
  step: -1 | 1,
): Move | null {
  const neighbour = shown[shown.indexOf(name) + step]
  if (!shown.includes(name) || neighbour === undefined) return null
  return { name, before: step === -1 ? neighbour : (names[names.indexOf(neighbour) + 1] ?? null) }
}

/** Returns the place in the list after a move, counted from 1. */
export function placeAfter(names: readonly string[], { name, before }: Move): number {
  const others = names.filter((other) => other !== name)
  return (before === null ? others.length : others.indexOf(before)) + 1
}
