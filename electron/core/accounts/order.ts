import { accountNamed, type State } from '../state/state.ts'

/**
 * `state` with an account put before another, or at the end for null. An account that is gone, or a neighbour that
 * another process has removed meanwhile, changes nothing.
 */
export function withMoved(state: State, name: string, before: string | null): State {
  const account = accountNamed(state, name)
  if (account === undefined || name === before) return state
  const others = state.accounts.filter((other) => other !== account)
  const at = before === null ? others.length : others.findIndex((other) => other.name === before)
  return at === -1 ? state : { ...state, accounts: others.toSpliced(at, 0, account) }
}
