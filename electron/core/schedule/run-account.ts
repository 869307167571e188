import type { AccountHandle } from '../state/account-handle.ts'
import { LoginError } from '../errors.ts'
import type { LoginEngine } from '../login/engine.ts'
import type { Tokens } from '../accounts/tokens.ts'
import { isRetried, failuresBeforeNotice, retryAt } from './retry-schedule.ts'
import type { ScheduleEvent } from './event.ts'
import type { IstDay } from '../time/ist.ts'
import { interactionNeeded } from './interaction-needed.ts'
import { runOn } from './plan.ts'
import type { RunRecord } from '../state/schedule-record.ts'

export interface RunDeps {
  readonly engine: LoginEngine
  readonly tokens: Tokens
}

/** The result of a run: the record to store, and the event for the user, if any. */
export interface RunResult {
  readonly run: RunRecord
  readonly event: ScheduleEvent | null
}

/** The day of a run, and the end of its retries. */
export interface RunWindow {
  readonly day: IstDay
  readonly now: () => number
  /** Epoch ms. */
  readonly lastTry: number
}

type Attempt =
  | { readonly state: 'ready'; readonly isNew: boolean }
  | { readonly state: 'needs-you'; readonly why: 'code' | 'sign-in' | 'ended' }

/** The most logins of an account a day, because no token is known to expire more often. */
const MAX_LOGINS_A_DAY = 4

/** Logs an account in for its day, as far as this is possible without the user. */
export async function runAccount(deps: RunDeps, planned: AccountHandle, time: RunWindow): Promise<RunResult> {
  const who = { account: planned.name, broker: planned.broker.name }
  const before = runOn(planned.account, time.day)
  const record = (rest: Pick<RunRecord, 'state'> & Partial<RunRecord>): RunRecord => ({
    day: time.day,
    failures: 0,
    nextTryAt: null,
    problem: null,
    logins: before?.logins ?? 0,
    tokenIssuedAt: planned.account.token?.issuedAt ?? null,
    ...rest,
  })
  try {
    const attempt = await attemptRun(deps, planned, before)
    if (attempt.state === 'ready') {
      const logins = (before?.logins ?? 0) + (attempt.isNew ? 1 : 0)
      return { run: record({ state: 'ready', logins }), event: null }
    }
    const event = { kind: 'needs-you', ...who, why: attempt.why } as const
    return { run: record({ state: 'needs-you' }), event }
  } catch (error) {
    if (!(error instanceof LoginError)) throw error
    return failure(error, who, before, time, record)
  }
}

async function attemptRun(
  { engine, tokens }: RunDeps,
  { account, broker }: AccountHandle,
  before: RunRecord | null,
): Promise<Attempt> {
  const { name } = account
  const isRenewal = before?.state === 'ready'
  // During the day, unlike in the morning, the user may have a session on the broker's own pages.
  if (isRenewal && (broker.endsOtherSessions === true || before.logins >= MAX_LOGINS_A_DAY)) {
    return { state: 'needs-you', why: 'ended' }
  }
  const why = interactionNeeded(account, broker)
  if (why === null) {
    return { state: 'ready', isNew: (await engine.login(name, { by: 'schedule' })) === 'obtained' }
  }
  const mayWork = ['fresh', 'expiring', 'unverified'].includes(tokens.freshness(name))
  if (!mayWork) return { state: 'needs-you', why }
  try {
    await engine.probe(name, new AbortController().signal)
    return { state: 'ready', isNew: false }
  } catch (error) {
    if (!(error instanceof LoginError && error.kind === 'token-expired')) throw error
    return { state: 'needs-you', why }
  }
}

function failure(
  error: LoginError,
  who: Pick<ScheduleEvent & { kind: 'failed' }, 'account' | 'broker'>,
  before: RunRecord | null,
  { lastTry, now }: RunWindow,
  record: (rest: Pick<RunRecord, 'state'> & Partial<RunRecord>) => RunRecord,
): RunResult {
  const { kind } = error
  const failures = (before?.failures ?? 0) + 1
  const retry = retryAt(kind, failures, now())
  const willRetry = isRetried(error) && (retry ?? now()) < lastTry
  if (willRetry) {
    const isNoticeDue = failures === failuresBeforeNotice(kind)
    return {
      run: record({ state: 'trying', failures, nextTryAt: retry, problem: kind }),
      event: isNoticeDue ? { kind: 'failed', ...who, problem: kind, retriedUntil: lastTry } : null,
    }
  }
  if (kind === 'second-factor-needed') {
    const event = { kind: 'needs-you', ...who, why: 'code' } as const
    return { run: record({ state: 'needs-you', failures, problem: kind }), event }
  }
  // A user who cancelled the login, or was told of the retries, needs no notice.
  const isKnown = kind === 'cancelled' || (isRetried(error) && failures > failuresBeforeNotice(kind))
  return {
    run: record({ state: 'failed', failures, problem: kind }),
    event: isKnown ? null : { kind: 'failed', ...who, problem: kind, retriedUntil: null },
  }
}
