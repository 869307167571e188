import { accountNamed, type State } from '../state/state.ts'

/**
 * Returns `state` with an account moved before another, or to the end for null. Returns it unchanged when either
 * account was removed meanwhile.
 */
export function withMoved(state: State, name: string, before: string | null): State {
  const account = accountNamed(state, name)
  if (account === undefined || name === before) return state
  const others = state.accounts.filter((other) => other !== account)
  const at = before === null ? others.length : others.findIndex((other) => other.name === before)
  return at === -1 ? state : { ...state, accounts: others.toSpliced(at, 0, account) }
}
