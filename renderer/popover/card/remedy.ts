import type { AccountView, Problem } from '../../../electron/contract/state.ts'
import { curedByNewDetails, hindrance } from '../../../electron/contract/status.ts'

/** The action that a problem's button offers. */
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

/** Returns whether the card itself offers *Log in*; a problem brings its own button. */
export const offersLogin = (account: AccountView): boolean =>
  account.canLogIn && account.login === null && hindrance(account) === null && account.freshness !== 'fresh'

/** Returns whether *Log in all* includes an account: its login may work without the user changing anything first. */
export function wantsLogin(account: AccountView): boolean {
  const problem = hindrance(account)
  return (
    account.canLogIn &&
    account.login === null &&
    account.freshness !== 'fresh' &&
    (problem === null || remedyFor(problem) === 'retry')
  )
}
