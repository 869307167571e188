import type { AccountView, Problem, ProblemKind, Remedy } from '../../../electron/contract/state.ts'
import { hindrance } from '../../../electron/contract/status.ts'
import { inSentence } from '../../../electron/contract/words.ts'

/** What the sentence of each problem asks for: the main button, then those that may stand beside it. */
const remedies: Readonly<Record<ProblemKind, readonly Remedy[]>> = {
  'bad-credentials': ['change', 'page'],
  'bad-totp': ['change', 'page'],
  'second-factor-mismatch': ['page', 'change'],
  'second-factor-needed': ['login'],
  'consent-required': ['signIn', 'page', 'login'],
  'account-locked': ['page', 'change'],
  'rate-limited': ['login'],
  'ip-not-allowed': ['proxy', 'developers'],
  'app-config': ['change', 'developers'],
  subscription: ['developers', 'login'],
  'token-expired': ['login'],
  'broker-down': ['login'],
  'bot-wall': ['page', 'signIn', 'login'],
  'protocol-changed': ['update', 'signIn', 'page'],
  network: ['login'],
  timeout: ['login'],
  'clock-skew': ['login'],
  'keychain-locked': ['login'],
  'keychain-missing': ['login'],
  'budget-spent': ['change', 'page'],
  cancelled: ['login'],
}

/** Problems after which a login begins anew, where others try the same once more. */
const ended: ReadonlySet<ProblemKind> = new Set(['token-expired', 'second-factor-needed', 'cancelled'])

/** Returns what a problem's buttons do, the main one first: at most two that this account can use. */
export function remediesFor({ kind, remedy }: Problem, { canSignIn, pages }: AccountView): readonly Remedy[] {
  const isPage = (one: Remedy): boolean => one === 'page' || one === 'developers'
  const wanted = new Set([...(remedy === undefined ? [] : [remedy]), ...remedies[kind]])
  const usable = [...wanted].filter((one) => (one === 'signIn' ? canSignIn : !isPage(one) || pages !== null))
  return (usable.length === 0 ? (['login'] as const) : usable).slice(0, 2)
}

/** Returns a button's words. They name the thing. */
export function remedyWords(
  what: Remedy,
  { retrySafe, kind, remedy }: Problem,
  { pages, toEnter }: AccountView,
): string {
  switch (what) {
    case 'login':
      if (kind === 'rate-limited') return 'Try again'
      return retrySafe && !ended.has(kind) && remedy !== 'login' ? 'Try again' : 'Log in again'
    case 'change':
      return `Change ${toEnter === null ? 'details' : inSentence(toEnter)}…`
    case 'proxy':
      return 'Use a proxy…'
    case 'signIn':
      return 'Sign in yourself'
    case 'update':
      return 'Check for an update'
    case 'page':
      return `Open ${pages?.login ?? ''}`
    case 'developers':
      return `Open ${pages?.developers ?? pages?.login ?? ''}`
  }
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
    (problem === null || problem.retrySafe)
  )
}
