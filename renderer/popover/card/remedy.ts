import type { AccountView, Problem } from '../../../electron/contract/state.ts'
import { curedByNewDetails, hindrance } from '../../../electron/contract/status.ts'

/** The one thing to press when something stands in the way. */
export type Remedy = 'retry' | 'change' | 'login'

export function remedyFor(problem: Problem): Remedy {
  if (problem.retrySafe) return 'retry'
  return curedByNewDetails.has(problem.kind) ? 'change' : 'login'
}

export const remedyWords: Record<Remedy, string> = {
  retry: 'Try again',
  change: 'Change details…',
  login: 'Log in',
}

/** Whether the card itself offers *Log in*: the problem below it has its own button. */
export const offersLogin = (account: AccountView): boolean =>
  account.canLogIn && account.login === null && hindrance(account) === null && account.freshness !== 'fresh'

/** What *Log in all* takes along: everything that may work without the user looking at it first. */
export function wantsLogin(account: AccountView): boolean {
  const problem = hindrance(account)
  return (
    account.canLogIn &&
    account.login === null &&
    account.freshness !== 'fresh' &&
    (problem === null || remedyFor(problem) === 'retry')
  )
}
