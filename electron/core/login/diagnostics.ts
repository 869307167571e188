import type { Freshness } from '../../contract/state.ts'
import type { Account } from '../state/account.ts'
import type { HistoryEvent } from '../state/history.ts'
import type { Trace, TraceLine } from '../state/trace.ts'

/** How many of the newest events support gets to see. */
const EVENTS_SHOWN = 20

/** Returns an account's token, problem, last login and events as lines that hold none of its values. */
export function accountDiagnostics(
  account: Account,
  freshness: Freshness,
  events: readonly HistoryEvent[],
): string[] {
  const { attemptsLeft, brokerId, coolDownUntil, name, problem, spent, token, trace } = account
  return [
    `${name} (${brokerId}): token ${freshness}, issued ${iso(token?.issuedAt)}, ends ${iso(token?.expiresAt)}`,
    `  attempts spent: ${spent.password} password, ${spent.code} code; left at the broker: ${attemptsLeft ?? 'not said'}`,
    `  pause wanted until: ${iso(coolDownUntil)}`,
    ...(problem === null ? [] : [`  problem: ${problem.kind} at ${iso(problem.at)}: ${problem.message}`]),
    ...(trace === null ? ['  no login is on record'] : traceLines(trace).map((line) => `  ${line}`)),
    ...events.slice(-EVENTS_SHOWN).map((event) => `  ${eventLine(event)}`),
  ]
}

/** Returns an event of the history as one line, without the account's name. */
export function eventLine({ at, event, by }: HistoryEvent): string {
  return `${iso(at)} ${event} by ${by}`
}

function traceLines({ clockOffsetMs, lines, ms, notUnderstood = [], result, startedAt }: Trace): string[] {
  const offset = clockOffsetMs === null ? 'not known' : `${Math.round(clockOffsetMs)} ms`
  return [
    `last login: ${result}, began ${iso(startedAt)}, took ${ms} ms, clock offset ${offset}`,
    ...lines.map(traceLine),
    ...notUnderstood.map((line, index) => (index === 0 ? `  reply not understood ${line}` : `    ${line}`)),
  ]
}

function traceLine({ at, family, host, method, ms, problem, reply, status, step }: TraceLine): string {
  const outcome = status === null ? `no reply (${problem ?? 'unknown'})` : `${status} ${reply}`
  return `  +${at} ms ${step}: ${method} ${host} → ${outcome} in ${ms} ms${family === undefined ? '' : ` over IPv${family}`}`
}

const iso = (epochMs: number | null | undefined): string =>
  epochMs == null ? '–' : new Date(epochMs).toISOString()
