import type { Account } from '../state/account.ts'
import { mayResolveOnWake } from './retry-schedule.ts'
import type { ScheduleEvent } from './event.ts'
import { dayOf } from '../time/ist.ts'
import { interactionNeeded } from './interaction-needed.ts'
import {
  hasLostToken,
  isResolvedByUser,
  isScheduled,
  nextRun,
  nextWarning,
  recordOf,
  runOn,
  type Planned,
} from './plan.ts'
import type { ScheduleSettings } from '../state/schedule-settings.ts'

/** The next step of the schedule for an account, and its time, epoch ms. */
export type Step = { readonly at: number } & (
  | { readonly kind: 'run' }
  | { readonly kind: 'record-ready' }
  | {
      readonly kind: 'warn-expiry' | 'report-loss'
      readonly event: ScheduleEvent
      readonly tokenIssuedAt: number
    }
)

/** The circumstances of a check. */
export interface CheckContext {
  /** Epoch ms. */
  readonly now: number
  /** True when the machine, the network or the keychain has just come back, which may have resolved a problem. */
  readonly isWoken: boolean
  /** True while a login of the account runs, which may replace a refused token. */
  readonly isLoggingIn: boolean
}

/** Returns the earliest step for an account; null for none. */
export function nextStep(planned: Planned, settings: ScheduleSettings, check: CheckContext): Step | null {
  const { isLoggingIn, now } = check
  const { account, broker } = planned
  if (isResolvedByUser(planned, now)) return { kind: 'record-ready', at: now }
  const steps: Step[] = []
  const warning = nextWarning(planned, settings, now)
  if (warning !== null && account.token?.expiresAt != null) {
    const { expiresAt, issuedAt } = account.token
    const isRenewed = willRenew(planned, settings, now)
    const event = { kind: 'expiring', account: account.name, endsAt: expiresAt, isRenewed } as const
    steps.push({ kind: 'warn-expiry', at: warning, event, tokenIssuedAt: issuedAt })
  }
  if (account.token !== null && !isLoggingIn && hasLostToken(planned, settings, now)) {
    const event = { kind: 'needs-you', account: account.name, broker: broker.name, why: 'lost' } as const
    steps.push({ kind: 'report-loss', at: now, event, tokenIssuedAt: account.token.issuedAt })
  }
  const run = nextRun(check.isWoken ? withRetryDue(planned, now) : planned, settings, now)
  if (run !== null) steps.push({ kind: 'run', at: run })
  return steps.reduce<Step | null>(
    (first, step) => (first !== null && first.at <= step.at ? first : step),
    null,
  )
}

/** Returns whether the app logs in again automatically when the account's token expires. */
function willRenew({ account, broker }: Planned, settings: ScheduleSettings, now: number): boolean {
  const day = dayOf(now)
  const isReady = runOn(account, day)?.state === 'ready'
  const isPaused = settings.pausedUntil !== null && settings.pausedUntil > now
  const isLeftToUser = broker.endsOtherSessions === true || interactionNeeded(account, broker) !== null
  return isReady && !isPaused && !isLeftToUser && isScheduled(account, settings, day)
}

/** Returns the account with its retry due now, if the wake event may have resolved the problem. */
function withRetryDue(planned: Planned, now: number): Planned {
  const { run } = recordOf(planned.account)
  if (run?.state !== 'trying' || !mayResolveOnWake(run.problem)) return planned
  const schedule = { ...recordOf(planned.account), run: { ...run, nextTryAt: now } }
  const account: Account = { ...planned.account, schedule }
  return { account, broker: planned.broker }
}
