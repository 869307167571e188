import type { AccountHandle } from '../state/account-handle.ts'
import { LoginError } from '../errors.ts'
import type { LoginEngine } from '../login/engine.ts'
import type { Tokens } from '../accounts/tokens.ts'
import { isTriedAgain, failuresBeforeTold, nextTryAt } from './retry-schedule.ts'
import type { ScheduleEvent } from './event.ts'
import type { IstDay } from '../time/ist.ts'
import { waitsForUser } from './interaction-needed.ts'
import { runOn } from './plan.ts'
import type { RunRecord } from '../state/schedule-record.ts'

export interface RunDeps {
  readonly engine: LoginEngine
  readonly tokens: Tokens
}

/** How a run went: what to write down, and what to tell, if anything. */
export interface RunResult {
  readonly run: RunRecord
  readonly event: ScheduleEvent | null
}

/** When a run takes place, and until when it may be tried again. */
export interface RunTime {
  readonly day: IstDay
  readonly now: () => number
  /** Epoch ms. */
  readonly lastTry: number
}

type Attempt =
  | { readonly state: 'ready'; readonly isNew: boolean }
  | { readonly state: 'needs-you'; readonly why: 'code' | 'sign-in' | 'ended' }

/** No token is known to end so often in one day: one that does has another reason, and each login costs something. */
const MOST_LOGINS_A_DAY = 4

/** Gets an account ready for its day, as far as that can be done without its user. */
export async function runAccount(deps: RunDeps, planned: AccountHandle, time: RunTime): Promise<RunResult> {
  const { name } = planned
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
    const event = { kind: 'needs-you', account: name, why: attempt.why } as const
    return { run: record({ state: 'needs-you' }), event }
  } catch (error) {
    if (!(error instanceof LoginError)) throw error
    return failure(error, name, before, time, record)
  }
}

async function attemptRun(
  { engine, tokens }: RunDeps,
  { account, broker }: AccountHandle,
  before: RunRecord | null,
): Promise<Attempt> {
  const { name } = account
  const isRenewal = before?.state === 'ready'
  // In the middle of the day the user may be at the broker's own pages; in the morning nobody is.
  if (isRenewal && (broker.endsOtherSessions === true || before.logins >= MOST_LOGINS_A_DAY)) {
    return { state: 'needs-you', why: 'ended' }
  }
  const why = waitsForUser(account, broker)
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
  account: string,
  before: RunRecord | null,
  { lastTry, now }: RunTime,
  record: (rest: Pick<RunRecord, 'state'> & Partial<RunRecord>) => RunRecord,
): RunResult {
  const { kind } = error
  const failures = (before?.failures ?? 0) + 1
  const next = nextTryAt(kind, failures, now())
  const goesOn = isTriedAgain(error) && (next ?? now()) < lastTry
  if (goesOn) {
    const isNews = failures === failuresBeforeTold(kind)
    return {
      run: record({ state: 'trying', failures, nextTryAt: next, problem: kind }),
      event: isNews ? { kind: 'failed', account, problem: kind, goesOnUntil: lastTry } : null,
    }
  }
  if (kind === 'second-factor-needed') {
    const event = { kind: 'needs-you', account, why: 'code' } as const
    return { run: record({ state: 'needs-you', failures, problem: kind }), event }
  }
  // Who has cancelled a login knows, and who was told that it is tried again sees that it has come to nothing.
  const isKnown = kind === 'cancelled' || (isTriedAgain(error) && failures > failuresBeforeTold(kind))
  return {
    run: record({ state: 'failed', failures, problem: kind }),
    event: isKnown ? null : { kind: 'failed', account, problem: kind, goesOnUntil: null },
  }
}
