import type { Account } from '../state/account.ts'
import type { Broker } from '../brokers/broker.ts'
import { coolDownLeft } from '../login/attempts/cool-down.ts'
import { EXPIRING_MS } from '../state/freshness.ts'
import { dayAfter, dayOf, endOf, type IstDay } from '../time/ist.ts'
import { waitsForUser } from './interaction-needed.ts'
import { noRecord, type RunRecord, type ScheduleRecord } from '../state/schedule-record.ts'
import type { ScheduleSettings } from '../state/schedule-settings.ts'
import { slotOn } from './slot.ts'
import { isTradingDay, nextTradingDay, sessionOn } from './trading-days.ts'

/** An account with all that its schedule depends on. */
export interface Planned {
  readonly account: Account
  readonly broker: Broker
}

export const recordOf = ({ schedule }: Account): ScheduleRecord => schedule ?? noRecord

/** What was done for an account on a day; null when nothing was. */
export function runOn(account: Account, day: IstDay): RunRecord | null {
  const { run } = recordOf(account)
  return run?.day === day ? run : null
}

/** Whether the schedule logs an account in at all. */
const isTaken = ({ name }: Account, { on, skipped }: ScheduleSettings): boolean =>
  on && !skipped.includes(name)

/** Whether the schedule logs an account in on a day. */
export const isScheduled = (account: Account, settings: ScheduleSettings, day: IstDay): boolean =>
  isTaken(account, settings) && settings.skippedOn[account.name] !== day

/**
 * When an account's next run is due, epoch ms: its slot of the day, another try, or the end of a token that does not
 * last the day. In the past when a run was missed and can still be made good. Null when none will come.
 */
export function nextRun(planned: Planned, settings: ScheduleSettings, now: number): number | null {
  const { account } = planned
  if (!isTaken(account, settings)) return null
  const notBefore = Math.max(settings.pausedUntil ?? 0, coolDownEnd(account, now))
  const first = dayOf(Math.max(now, notBefore))
  for (
    let day = nextTradingDay(first, settings);
    day !== null;
    day = nextTradingDay(dayAfter(day), settings)
  ) {
    const moment = isScheduled(account, settings, day) ? momentOn(day, planned, settings) : null
    if (moment !== null) {
      const at = Math.max(moment, notBefore)
      if (Math.max(at, now) < lastTry(day, planned, settings)) return at
    }
  }
  return null
}

/** When an account is to be logged in, its own time or the usual one, `HH:MM` in India. */
export const timeOf = ({ name }: Pick<Account, 'name'>, { at, times }: ScheduleSettings): string =>
  times[name] ?? at

/** Until when a run of a day makes sense, epoch ms: the close, or midnight for who has chosen a time after it. */
export function lastTry(day: IstDay, { account, broker }: Planned, settings: ScheduleSettings): number {
  const { closesAt } = sessionOn(day)
  return slotOn(day, timeOf(account, settings), account, broker, false) < closesAt ? closesAt : endOf(day)
}

function momentOn(day: IstDay, { account, broker }: Planned, settings: ScheduleSettings): number | null {
  const run = runOn(account, day)
  if (run === null) {
    const slot = slotOn(
      day,
      timeOf(account, settings),
      account,
      broker,
      waitsForUser(account, broker) === null,
    )
    return isAddedAfter(slot, account, day) ? null : slot
  }
  switch (run.state) {
    case 'trying':
      return run.nextTryAt
    case 'ready':
      return earlyEnd(account, day)
    case 'failed':
    case 'needs-you':
      return null
  }
}

/**
 * Whether the user has added an account, and agreed to its logins, on a day after its slot: they have missed nothing,
 * and log in when they like.
 */
function isAddedAfter(slot: number, { termsAcceptedAt, secretsSetAt }: Account, day: IstDay): boolean {
  // Whoever signs in by hand has nothing to agree to.
  const at = termsAcceptedAt ?? Math.max(0, ...Object.values(secretsSetAt))
  return at > slot && dayOf(at) === day
}

/** When a token that does not last a day ends, epoch ms; null for one that does, or that was given up. */
function earlyEnd({ token }: Account, day: IstDay): number | null {
  if (token?.expiresAt == null || token.seen === 'rejected') return null
  return token.expiresAt < sessionOn(day).closesAt ? token.expiresAt : null
}

function coolDownEnd({ coolDownUntil }: Account, now: number): number {
  return now + coolDownLeft(coolDownUntil, now)
}

/**
 * When the user is to be told that an account's token ends in market hours, epoch ms; null when there is nothing to
 * tell, or not any more.
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

/** Whether the broker has refused a token that the user counts on today, and the user does not know yet. */
export function hasLostToken({ account }: Planned, settings: ScheduleSettings, now: number): boolean {
  const { token } = account
  if (token?.seen !== 'rejected' || recordOf(account).lossToldOf === token.issuedAt) return false
  const day = dayOf(now)
  if (!isTradingDay(day, settings) || now >= sessionOn(day).closesAt) return false
  // Before its run an account's token is about to be replaced; without one, yesterday's is refused every morning.
  return isScheduled(account, settings, day)
    ? runOn(account, day)?.state === 'ready'
    : dayOf(token.issuedAt) === day
}

/** Whether the user has got a token by hand that the run of the day could not get. */
export function isMended({ account }: Planned, now: number): boolean {
  const run = runOn(account, dayOf(now))
  const { token } = account
  if (run === null || run.state === 'ready' || token?.seen !== 'accepted') return false
  return token.issuedAt !== run.tokenIssuedAt && (token.expiresAt === null || token.expiresAt > now)
}
