import type { AccountView, Problem, ProblemKind } from '../../../electron/contract/state.ts'
import { hindrance } from '../../../electron/contract/status.ts'
import { inSentence } from '../../../electron/contract/words.ts'

/** What a problem's button does. */
export type Remedy = 'login' | 'change' | 'proxy' | 'signIn' | 'update' | 'page' | 'developers'

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

/** Sentences of single brokers that ask for something else than their kind does. */
const asked: readonly (readonly [sentence: RegExp, Remedy])[] = [
  [/^Log in again/, 'login'],
  [/account’s details/, 'change'],
  [/^(Add|Look at|Subscribe|Register|Unlock) /, 'developers'],
]

/** Returns what a problem's buttons do, the main one first: at most two that this account can use. */
export function remediesFor({ kind, next }: Problem, { canSignIn, pages }: AccountView): readonly Remedy[] {
  const isPage = (remedy: Remedy): boolean => remedy === 'page' || remedy === 'developers'
  const [, first] = asked.find(([sentence]) => sentence.test(next)) ?? []
  const wanted = new Set([...(first === undefined ? [] : [first]), ...remedies[kind]])
  const usable = [...wanted].filter((remedy) =>
    remedy === 'signIn' ? canSignIn : !isPage(remedy) || pages !== null,
  )
  return (usable.length === 0 ? (['login'] as const) : usable).slice(0, 2)
}

/** Returns a button's words. They name the thing. */
export function remedyWords(
  remedy: Remedy,
  { retrySafe, kind, next }: Problem,
  account: AccountView,
): string {
  const { pages, toEnter } = account
  switch (remedy) {
    case 'login':
      if (kind === 'rate-limited') return 'Try again'
      return retrySafe && !next.startsWith('Log in again') ? 'Try again' : 'Log in again'
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
