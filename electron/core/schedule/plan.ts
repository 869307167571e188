import type { Account } from '../state/account.ts'
import type { Broker } from '../brokers/broker.ts'
import { pauseLeft } from '../login/attempts/login-limits.ts'
import { EXPIRING_MS } from '../state/freshness.ts'
import { dayAfter, dayOf, endOf, type IstDay } from '../time/ist.ts'
import { interactionNeeded } from './interaction-needed.ts'
import { noRecord, type RunRecord, type ScheduleRecord } from '../state/schedule-record.ts'
import type { ScheduleSettings } from '../state/schedule-settings.ts'
import { dueAt } from './run-time.ts'
import { isTradingDay, lastsUntilClose, nextTradingDay, sessionOn } from './trading-days.ts'

/** An account with the data that its schedule depends on. */
export interface Planned {
  readonly account: Account
  readonly broker: Broker
}

export const recordOf = ({ schedule }: Account): ScheduleRecord => schedule ?? noRecord

/** Returns the run of an account on a day; null for none. */
export function runOn(account: Account, day: IstDay): RunRecord | null {
  const { run } = recordOf(account)
  return run?.day === day ? run : null
}

/** Returns whether the schedule includes an account. */
const isIncluded = ({ name }: Account, { on, skipped }: ScheduleSettings): boolean =>
  on && !skipped.includes(name)

/** Returns whether the schedule logs an account in on a day. */
export const isScheduled = (account: Account, settings: ScheduleSettings, day: IstDay): boolean =>
  isIncluded(account, settings) && settings.skippedOn[account.name] !== day

/**
 * Returns when the next run of an account is due, epoch ms; null for none. A run is due at the run time, at a retry,
 * or when a token expires during the day. A missed run that is still possible is due in the past.
 */
export function nextRun(planned: Planned, settings: ScheduleSettings, now: number): number | null {
  const { account } = planned
  if (!isIncluded(account, settings)) return null
  const notBefore = Math.max(settings.pausedUntil ?? 0, coolDownEnd(planned, now))
  const first = dayOf(Math.max(now, notBefore))
  for (
    let day = nextTradingDay(first, settings);
    day !== null;
    day = nextTradingDay(dayAfter(day), settings)
  ) {
    const due = isScheduled(account, settings, day) ? nextDueAt(day, planned, settings) : null
    if (due !== null) {
      const at = Math.max(due, notBefore)
      if (Math.max(at, now) < lastTry(day, planned, settings)) return at
    }
  }
  return null
}

/** Returns the run time of an account, its own or the usual time, `HH:MM` in India. */
export const runTimeOf = ({ name }: Pick<Account, 'name'>, { at, times }: ScheduleSettings): string =>
  times[name] ?? at

/** Returns the end of a day's runs, epoch ms: the close, or midnight for a run time after the close. */
export function lastTry(day: IstDay, { account, broker }: Planned, settings: ScheduleSettings): number {
  const { closesAt } = sessionOn(day)
  return dueAt(day, runTimeOf(account, settings), account, broker, false) < closesAt ? closesAt : endOf(day)
}

function nextDueAt(day: IstDay, { account, broker }: Planned, settings: ScheduleSettings): number | null {
  const run = runOn(account, day)
  if (run === null) {
    const due = dueAt(
      day,
      runTimeOf(account, settings),
      account,
      broker,
      interactionNeeded(account, broker) === null,
    )
    return isAddedAfter(due, account, day) ? null : due
  }
  switch (run.state) {
    case 'trying':
      return run.nextTryAt
    case 'ready':
      return renewalDue(account, day)
    case 'failed':
    case 'needs-you':
      return null
  }
}

/**
 * Returns whether the user added an account and accepted its terms on a day after its run was due. Such an account has
 * missed no run.
 */
function isAddedAfter(due: number, { termsAcceptedAt, secretsSetAt }: Account, day: IstDay): boolean {
  // An assisted login has no terms to accept.
  const at = termsAcceptedAt ?? Math.max(0, ...Object.values(secretsSetAt))
  return at > due && dayOf(at) === day
}

/**
 * The shortest time between a login and its renewal, ms. By a wrong clock a new token seems to have ended, and would be
 * replaced again and again.
 */
const MIN_RENEWAL_INTERVAL_MS = 15 * 60_000

/** Returns when to renew a token that expires before the close, epoch ms; null for other tokens and refused tokens. */
function renewalDue({ token }: Account, day: IstDay): number | null {
  if (token?.expiresAt == null || token.seen === 'rejected') return null
  if (lastsUntilClose(token.expiresAt, sessionOn(day).closesAt)) return null
  return Math.max(token.expiresAt, token.issuedAt + MIN_RENEWAL_INTERVAL_MS)
}

function coolDownEnd({ account, broker }: Planned, now: number): number {
  return now + pauseLeft(account, broker, now)
}

/**
 * Returns when to warn the user that a token expires in market hours, epoch ms; null when no warning is due, or it was
 * already given.
 */
export function nextWarning({ account }: Planned, settings: ScheduleSettings, now: number): number | null {
  const { token } = account
  if (token?.expiresAt == null || token.seen === 'rejected' || token.expiresAt <= now) return null
  if (recordOf(account).endToldOf === token.issuedAt) return null
  const day = dayOf(token.expiresAt)
  if (!isTradingDay(day, settings)) return null
  const { opensAt, closesAt } = sessionOn(day)
  if (token.expiresAt <= opensAt || token.expiresAt >= closesAt) return null
  return Math.max(token.expiresAt - EXPIRING_MS, opensAt)
}

/** Returns whether the broker refused a token that is needed today, and the user was not told yet. */
export function hasLostToken({ account }: Planned, settings: ScheduleSettings, now: number): boolean {
  const { token } = account
  if (token?.seen !== 'rejected' || recordOf(account).lossToldOf === token.issuedAt) return false
  const day = dayOf(now)
  if (!isTradingDay(day, settings) || now >= sessionOn(day).closesAt) return false
  // The day's run replaces the token. Without a scheduled run, yesterday's token is refused every morning.
  return isScheduled(account, settings, day)
    ? runOn(account, day)?.state === 'ready'
    : dayOf(token.issuedAt) === day
}

/** Returns whether the user obtained a token by hand after the run of the day failed. */
export function isResolvedByUser({ account }: Planned, now: number): boolean {
  const run = runOn(account, dayOf(now))
  const { token } = account
  if (run === null || run.state === 'ready' || token?.seen !== 'accepted') return false
  return token.issuedAt !== run.tokenIssuedAt && (token.expiresAt === null || token.expiresAt > now)
}
