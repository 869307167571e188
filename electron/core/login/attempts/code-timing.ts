import { LoginError } from '../../errors.ts'
import type { BrokerTime } from '../../totp/clock-offset.ts'
import { standardTotp, totpWindow } from '../../totp/code.ts'

/** A code is not sent with less than this to live: it would be old by the time the broker looks, ms. */
export const CODE_MARGIN_MS = 3_000
/** How many sent windows are remembered; a login needs two at most. */
const REMEMBERED = 10
/** Sent windows further ahead than this come from a clock that has since been set back. */
const AHEAD_WINDOWS = 2
/** An offset of more than a day is no drift: dates and expiry would be wrong too, ms. */
const MAX_OFFSET_MS = 24 * 60 * 60_000

/**
 * How long to wait before a code may be sent, ms; 0 for now. A code is never sent twice, and never one older than
 * the last that was sent: brokers refuse both (RFC 6238 §5.2).
 * None is sent while the window may be another one at the broker, at either edge.
 * @param time the broker's
 * @param codesSent the windows whose codes were sent before
 */
export function waitForCode({ now, uncertaintyMs }: BrokerTime, codesSent: readonly number[]): number {
  const { periodMs } = standardTotp
  const window = totpWindow(now)
  const untilSurely = (next: number): number => next * periodMs + uncertaintyMs - now
  const blocking = codesSent.filter((sent) => sent >= window && sent - window <= AHEAD_WINDOWS)
  if (blocking.length > 0) return untilSurely(Math.max(...blocking) + 1)
  const left = (window + 1) * periodMs - now - uncertaintyMs
  return left < CODE_MARGIN_MS ? untilSurely(window + 1) : Math.max(0, untilSurely(window))
}

/** The windows to remember once the code of `window` is about to be sent. */
export function rememberWindow(codesSent: readonly number[], window: number): number[] {
  return [...codesSent, window].slice(-REMEMBERED)
}

/** @throws LoginError `clock-skew` when the clock is too far off to trust anything computed from it. */
export function assertClock(offsetMs: number | null): void {
  if (offsetMs === null || Math.abs(offsetMs) <= MAX_OFFSET_MS) return
  const days = Math.round(Math.abs(offsetMs) / MAX_OFFSET_MS)
  const direction = offsetMs > 0 ? 'slow' : 'fast'
  throw new LoginError('clock-skew', {
    message: `Your clock is ${String(days)} ${days === 1 ? 'day' : 'days'} ${direction}.`,
  })
}
