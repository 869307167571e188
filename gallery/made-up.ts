import type {
  AccountView,
  AppState,
  Problem,
  ProblemKind,
  QuestionView,
  ScheduleView,
  TotpCode,
} from '../electron/contract/state.ts'
import { madeUpAccount, madeUpState } from '../tests/support/made-up-views.ts'
import { hostsOf } from '../electron/core/brokers/pages.ts'
import type { Broker } from '../electron/core/brokers/broker.ts'
import { fieldToMend } from '../electron/core/login/attempts/messages.ts'
import { houseName } from '../electron/contract/words.ts'
import { registry } from '../electron/core/brokers/registry.ts'
import { LoginError } from '../electron/core/errors.ts'

/** The moment of every picture: Wednesday, 12 November 2025, 08:51:12 in India. */
export const NOW = Date.UTC(2025, 10, 12, 3, 21, 12)
const MINUTE = 60_000
/** 06:00 in India on the next day, when most brokers end their tokens. */
export const SIX_TOMORROW = Date.UTC(2025, 10, 13, 0, 30)
export const MIDNIGHT = Date.UTC(2025, 10, 12, 18, 30)
const WINDOW_ENDS = Date.UTC(2025, 10, 12, 3, 21, 30)

/** Returns a code with that many of its 30 seconds left. */
export const codeWith = (seconds: number, code = '492039', next = '107458'): TotpCode => ({
  code,
  next,
  startsAt: NOW + (seconds - 30) * 1000,
  endsAt: NOW + seconds * 1000,
})

/** Returns the current code, 18 seconds before its end. */
export const codeNow = (code: string, next = '107458'): TotpCode =>
  codeWith((WINDOW_ENDS - NOW) / 1000, code, next)

/** Returns an account as its broker describes it: by default ready and without a code. */
export function account(name: string, brokerId: string, part: Partial<AccountView> = {}): AccountView {
  const broker = registry.get(brokerId)
  if (broker === undefined) throw new Error(`no broker ${brokerId}`)
  return madeUpAccount({
    name,
    brokerId,
    brokerName: broker.name,
    initials: broker.initials,
    colour: broker.colour,
    pages: hostsOf(broker),
    canSignIn: broker.assisted !== undefined,
    morning: 'on',
    expiresAt: SIX_TOMORROW,
    ...part,
    ...(part.problem && ofBroker(part.problem, broker)),
  })
}

/** Returns a problem as the broker's account has it: with the broker's name, and with what is to be entered. */
function ofBroker(problem: Problem, broker: Broker): Pick<AccountView, 'problem' | 'toEnter'> {
  const secretsSetAt = Object.fromEntries(broker.fields.map(({ name }) => [name, 0]))
  const field = fieldToMend(problem, { proxy: null, secretsSetAt, spent: { password: 1, code: 0 } }, broker)
  return {
    problem: {
      ...problem,
      message: problem.message.replaceAll('Zerodha', houseName(broker.name)),
      next: problem.next.replaceAll('Zerodha', houseName(broker.name)),
    },
    toEnter: broker.fields.find(({ name }) => name === field)?.label ?? null,
  }
}

/** Parts of an account that change what its card shows. */
export const noToken = { freshness: 'none', expiresAt: null } as const
export const expiring = { freshness: 'expiring', expiresAt: NOW + 24 * MINUTE } as const
export const expired = { freshness: 'expired', expiresAt: NOW - 171 * MINUTE } as const
export const rejected = { freshness: 'rejected' } as const
export const unverified = { freshness: 'unverified' } as const
export const loggingIn = {
  ...noToken,
  login: { step: 4, total: 6, label: 'Checking the PIN' },
} as const
export const forCodesAlone = { ...noToken, canLogIn: false, morning: null } as const

/** Returns a problem with the app's own words for its kind at Zerodha, a minute old. */
export const problem = (kind: ProblemKind, part: Partial<Problem> = {}): Problem => ({
  ...new LoginError(kind).naming('Zerodha').toProblem(NOW - MINUTE),
  ...part,
})

export const question = (part: Partial<QuestionView> = {}): QuestionView => ({
  label: 'Kite app code',
  help: 'Open the Kite app on your phone: the code is under App code in your profile.',
  digits: 6,
  askedAt: NOW - 20_000,
  endsAt: NOW + 280_000,
  again: false,
  ...part,
})

export const nextRunTomorrow: ScheduleView = {
  words: 'Next login tomorrow 08:15',
  calendarNote: null,
  state: 'on',
}

export const appState = (accounts: readonly AccountView[], part: Partial<AppState> = {}): AppState =>
  madeUpState(accounts, {
    schedule: accounts.some(({ canLogIn }) => canLogIn) ? nextRunTomorrow : null,
    ...part,
  })
