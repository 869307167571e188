import type { AccountView, Problem, ProblemKind } from './state.ts'
import { houseName, untilWords } from './words.ts'

export type Tone = 'good' | 'busy' | 'plain' | 'warn' | 'bad'

/** The shapes that tell states apart without colour. */
export type StatusShape =
  | 'disc'
  | 'ring'
  | 'half'
  | 'arc'
  | 'bang'
  | 'cross'
  | 'query'
  | 'pause'
  | 'cut'
  | 'key'

export interface Status {
  shape: StatusShape
  word: string
  tone: Tone
}

const needsYou = { shape: 'bang', word: 'Needs you' } as const
const asksForCode: Status = { shape: 'bang', word: 'Asks for a code', tone: 'warn' }

const codesOnly: Status = { shape: 'key', word: 'Codes only', tone: 'plain' }

/** Problems that have a better word than "Needs you", without those that name the broker. */
const problemStatus: Partial<Record<ProblemKind, Omit<Status, 'tone'>>> = {
  network: { shape: 'cut', word: 'Offline' },
  timeout: { shape: 'cut', word: 'No answer' },
  'rate-limited': { shape: 'pause', word: 'Asked to wait' },
  'budget-spent': { shape: 'pause', word: 'Paused' },
  'clock-skew': { shape: 'bang', word: 'Clock is off' },
  'keychain-locked': { shape: 'bang', word: 'Keychain locked' },
  'keychain-missing': { shape: 'bang', word: 'No keychain' },
}

function statusOfProblem({ kind }: Problem, { brokerName }: AccountView): Omit<Status, 'tone'> {
  const house = houseName(brokerName)
  if (kind === 'broker-down') return { shape: 'cut', word: `${house} is down` }
  if (kind === 'account-locked') return { shape: 'bang', word: `Locked by ${house}` }
  return problemStatus[kind] ?? needsYou
}

/** Problems that recur at every login until the user enters other details. */
export const curedByNewDetails: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'bad-credentials',
  'bad-totp',
  'app-config',
  'second-factor-mismatch',
  'budget-spent',
  'account-locked',
])

/** Problems of a probe that say nothing about the token itself: the token is kept and can be copied. */
export const besideToken: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['ip-not-allowed', 'subscription'])

/** Returns whether an account has a token that its broker refuses to check from this machine. */
export const isNotCheckedHere = (account: Pick<AccountView, 'freshness' | 'problem'>): boolean =>
  account.freshness === 'unverified' && account.problem !== null && besideToken.has(account.problem.kind)

/** Returns a problem's tone: amber when a retry is safe. */
export const toneOf = (problem: Problem): 'warn' | 'bad' => (problem.retrySafe ? 'warn' : 'bad')

/** Returns the problem that stops an account; null for none or a login that the user cancelled. */
export function hindrance(account: AccountView): Problem | null {
  return account.problem?.kind === 'cancelled' ? null : account.problem
}

/** Returns whether the broker accepted the token when it was last asked. */
export const isReady = (account: Pick<AccountView, 'freshness'>): boolean =>
  account.freshness === 'fresh' || account.freshness === 'expiring'

/** Returns whether an account has a token that may still work. */
export const hasToken = (account: AccountView): boolean =>
  isReady(account) || account.freshness === 'unverified'

/** Problems that a retry may cure only with the user's help. */
const curedWithUser: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'second-factor-needed',
  'token-expired',
])

/**
 * Returns why an account has no token: `user` when it can't continue without the user, `passing` when the next try may
 * succeed; null when nothing is in the way, or a login runs.
 */
export function obstacle(account: AccountView): 'user' | 'passing' | null {
  const problem = hindrance(account)
  const isInTheWay = problem !== null && !isReady(account) && !isNotCheckedHere(account)
  if (!account.canLogIn || account.login !== null || !isInTheWay) return null
  return problem.retrySafe && !curedWithUser.has(problem.kind) ? 'passing' : 'user'
}

/** Returns whether an account can't continue without the user. */
export const interactionNeeded = (account: AccountView): boolean => obstacle(account) === 'user'

function endsInWords(expiresAt: number | null, now: number): string {
  if (expiresAt === null) return 'Ends soon'
  const minutes = Math.ceil((expiresAt - now) / 60_000)
  if (minutes <= 0) return 'Ends now'
  if (minutes < 60) return `Ends in ${String(minutes)} min`
  const rest = minutes % 60
  return `Ends in ${String(Math.floor(minutes / 60))} h${rest === 0 ? '' : ` ${String(rest)} min`}`
}

/** Returns an account's state as the one sign and word that every surface shows. */
export function statusOf(account: AccountView, now: number): Status {
  if (!account.canLogIn) return codesOnly
  if (account.question !== null) return asksForCode
  if (account.login !== null) return { shape: 'arc', word: 'Logging in', tone: 'busy' }
  if (isNotCheckedHere(account)) return { shape: 'query', word: 'Not checked from here', tone: 'plain' }
  const problem = hindrance(account)
  if (problem !== null && !isReady(account)) {
    return { ...statusOfProblem(problem, account), tone: toneOf(problem) }
  }
  switch (account.freshness) {
    case 'fresh':
      return { shape: 'disc', word: 'Ready', tone: 'good' }
    case 'expiring':
      return { shape: 'half', word: endsInWords(account.expiresAt, now), tone: 'warn' }
    case 'none':
      return { shape: 'ring', word: 'No token yet', tone: 'plain' }
    case 'expired':
      return { shape: 'ring', word: 'Expired', tone: 'plain' }
    case 'rejected':
      return { shape: 'cross', word: 'No longer accepted', tone: 'warn' }
    case 'unverified':
      return { shape: 'query', word: 'Not checked', tone: 'warn' }
  }
}

/** Returns the line under an account's name: the token's end, or why there is none. */
export function tokenWords(account: AccountView, now: number, zone: number, hour12 = false): string {
  const until = account.expiresAt === null ? null : untilWords(account.expiresAt, now, zone, hour12)
  switch (account.freshness) {
    case 'fresh':
    case 'expiring':
      return until ?? 'until you log in elsewhere'
    case 'expired':
      return until === null ? account.brokerName : until.replace(/^until/, 'ended')
    case 'unverified':
      return isNotCheckedHere(account) && until !== null
        ? until
        : `not verified: ${houseName(account.brokerName)} unreachable`
    case 'none':
    case 'rejected':
      return account.brokerName
  }
}

/** Returns an account's state in one line, as the command line and the tray menu show it: "ready until 06:00 tomorrow". */
export function accountWords(account: AccountView, now: number, zone: number, hour12 = false): string {
  const { word } = statusOf(account, now)
  const words = isReady(account) && account.login === null ? 'ready' : uncapitalised(word)
  if (account.login !== null || !account.canLogIn || account.expiresAt === null) return words
  const hasEnd = isReady(account) || isNotCheckedHere(account)
  return hasEnd ? `${words} ${untilWords(account.expiresAt, now, zone, hour12)}` : words
}

/** Returns a word of `statusOf` for the middle of a line; a broker's name keeps its capital. */
const uncapitalised = (word: string): string =>
  word.endsWith(' is down') ? word : `${word.charAt(0).toLowerCase()}${word.slice(1)}`
