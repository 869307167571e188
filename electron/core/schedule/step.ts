import type { Account } from '../state/account.ts'
import { mayPassWithWaking } from './retry-schedule.ts'
import type { ScheduleEvent } from './event.ts'
import { dayOf } from '../time/ist.ts'
import { waitsForUser } from './interaction-needed.ts'
import {
  hasLostToken,
  isMended,
  isScheduled,
  nextRun,
  nextWarning,
  recordOf,
  runOn,
  type Planned,
} from './plan.ts'
import type { ScheduleSettings } from '../state/schedule-settings.ts'

/** What the schedule does next for one account, and when, epoch ms. */
export type Step = { readonly at: number } & (
  | { readonly kind: 'run' }
  | { readonly kind: 'note-ready' }
  | { readonly kind: 'tell-end' | 'tell-loss'; readonly event: ScheduleEvent; readonly tokenIssuedAt: number }
)

/** The moment at which is looked. */
export interface Moment {
  /** Epoch ms. */
  readonly now: number
  /** True when the machine, the network or the keychain has just come back: trouble of theirs may be over. */
  readonly isWoken: boolean
  /** True while a login of the account runs: a refused token may be about to be replaced. */
  readonly isLoggingIn: boolean
}

/** The first of all that is to be done for an account; null for nothing. */
export function nextStep(planned: Planned, settings: ScheduleSettings, moment: Moment): Step | null {
  const { isLoggingIn, now } = moment
  const { account } = planned
  if (isMended(planned, now)) return { kind: 'note-ready', at: now }
  const steps: Step[] = []
  const warning = nextWarning(planned, settings, now)
  if (warning !== null && account.token?.expiresAt != null) {
    const { expiresAt, issuedAt } = account.token
    const isRenewed = willRenew(planned, settings, now)
    const event = { kind: 'expiring', account: account.name, endsAt: expiresAt, isRenewed } as const
    steps.push({ kind: 'tell-end', at: warning, event, tokenIssuedAt: issuedAt })
  }
  if (account.token !== null && !isLoggingIn && hasLostToken(planned, settings, now)) {
    const event = { kind: 'needs-you', account: account.name, why: 'lost' } as const
    steps.push({ kind: 'tell-loss', at: now, event, tokenIssuedAt: account.token.issuedAt })
  }
  const run = nextRun(moment.isWoken ? dueAgain(planned, now) : planned, settings, now)
  if (run !== null) steps.push({ kind: 'run', at: run })
  return steps.reduce<Step | null>(
    (first, step) => (first !== null && first.at <= step.at ? first : step),
    null,
  )
}

/** Whether the app logs in again by itself when the account's token ends. */
function willRenew({ account, broker }: Planned, settings: ScheduleSettings, now: number): boolean {
  const day = dayOf(now)
  const isReady = runOn(account, day)?.state === 'ready'
  const isPaused = settings.pausedUntil !== null && settings.pausedUntil > now
  const isLeftToUser = broker.endsOtherSessions === true || waitsForUser(account, broker) !== null
  return isReady && !isPaused && !isLeftToUser && isScheduled(account, settings, day)
}

/** The account as if the next try of its morning were due, where what woke the schedule may have helped. */
function dueAgain(planned: Planned, now: number): Planned {
  const { run } = recordOf(planned.account)
  if (run?.state !== 'trying' || !mayPassWithWaking(run.problem)) return planned
  const schedule = { ...recordOf(planned.account), run: { ...run, nextTryAt: now } }
  const account: Account = { ...planned.account, schedule }
  return { account, broker: planned.broker }
}
