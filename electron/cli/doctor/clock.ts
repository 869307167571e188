import { istMoment } from '../../contract/words.ts'
import type { Account } from '../../core/state/account.ts'

/** The age up to which a measurement justifies a warning, ms. */
const RECENT_MS = 24 * 60 * 60_000

export interface ClockFacts {
  /** The brokers' clock minus this computer's, as the newest recorded login measured it; null without a measurement. */
  readonly measured: { readonly offsetMs: number; readonly at: number; readonly isRecent: boolean } | null
  /** Whether the system keeps its clock by network time; null when it does not say. */
  readonly synchronised: boolean | null
}

/** Collects the clock's offset from the last logins, so that no broker is asked. */
export function clockFacts(
  accounts: readonly Account[],
  synchronised: boolean | null,
  now: number,
): ClockFacts {
  const measurements = accounts.flatMap(({ trace }) =>
    trace?.clockOffsetMs == null ? [] : [{ offsetMs: trace.clockOffsetMs, at: trace.startedAt + trace.ms }],
  )
  const newest = measurements.sort((a, b) => b.at - a.at)[0]
  const measured = newest === undefined ? null : { ...newest, isRecent: now - newest.at <= RECENT_MS }
  return { measured, synchronised }
}

export function clockLine({ measured, synchronised }: ClockFacts): string {
  const network =
    synchronised === null
      ? 'not known whether it follows network time'
      : synchronised
        ? 'follows network time'
        : 'does not follow network time'
  if (measured === null) return `not measured yet (a login does that); ${network}`
  const { at, offsetMs } = measured
  const seconds = (Math.abs(offsetMs) / 1000).toFixed(1)
  const direction = offsetMs > 0 ? 'behind' : 'ahead of'
  return `${seconds} s ${direction} a broker’s, measured by a login on ${istMoment(at)}; ${network}`
}
