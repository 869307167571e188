import type { Freshness } from '../../contract/state.ts'
import { istMoment } from '../../contract/words.ts'
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
  const life = token === null ? '' : `, issued ${istMoment(token.issuedAt)}${endOf(token.expiresAt)}`
  return [
    `${name} (${brokerId}): token ${freshness}${life}`,
    `  attempts spent: ${spent.password} password, ${spent.code} code${attemptsLeft === null ? '' : `; left at the broker: ${attemptsLeft}`}`,
    ...(coolDownUntil === null ? [] : [`  pause wanted until: ${istMoment(coolDownUntil)}`]),
    ...(problem === null ? [] : [`  problem: ${problem.kind}, ${istMoment(problem.at)}: ${problem.message}`]),
    ...(trace === null ? ['  no login is on record'] : traceLines(trace).map((line) => `  ${line}`)),
    ...events.slice(-EVENTS_SHOWN).map((event) => `  ${eventLine(event)}`),
  ]
}

/** Returns an event of the history as one line, without the account's name. */
export function eventLine({ at, event, by }: HistoryEvent): string {
  return `${istMoment(at)}: ${event} by ${by}`
}

function traceLines({ clockOffsetMs, lines, ms, notUnderstood = [], result, startedAt }: Trace): string[] {
  const offset = clockOffsetMs === null ? 'not known' : `${Math.round(clockOffsetMs)} ms`
  return [
    `last login: ${result}, began ${istMoment(startedAt)}, took ${ms} ms, clock offset ${offset}`,
    ...lines.map(traceLine),
    ...notUnderstood.map((line, index) => (index === 0 ? `  reply not understood ${line}` : `    ${line}`)),
  ]
}

function traceLine({ at, family, host, method, ms, problem, reply, status, step }: TraceLine): string {
  const outcome = status === null ? `no reply (${problem ?? 'unknown'})` : `${status} ${reply}`
  return `  +${at} ms ${step}: ${method} ${host} → ${outcome} in ${ms} ms${family === undefined ? '' : ` over IPv${family}`}`
}

const endOf = (epochMs: number | null): string => (epochMs === null ? '' : `, ends ${istMoment(epochMs)}`)
