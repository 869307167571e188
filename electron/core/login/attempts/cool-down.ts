import { houseName, untilWords } from '../../../contract/words.ts'
import { LoginError } from '../../errors.ts'
import type { HttpReply, ReplyHeaders } from '../../ports.ts'

/** How long a broker that says "too many requests" and no more is left alone, ms. */
export const DEFAULT_COOL_DOWN_MS = 2 * 60_000
/** No broker asks for more than a day; a longer one comes from a clock that was set back or a broken header, ms. */
const MAX_COOL_DOWN_MS = 24 * 60 * 60_000
/** Timers may be a little early, and clocks are set right: who has waited to the end is not refused, ms. */
const SLACK_MS = 50

/**
 * How long the broker wants no more requests after `reply`, which ended in `error`, ms; 0 when it does not mind.
 * To be counted from now: each request that is refused may start the time anew.
 */
export function coolDownAfter(error: LoginError, reply: HttpReply): number {
  const asked = reply.status >= 400 ? retryAfter(reply.headers) : null
  const wanted = Math.max(asked ?? 0, error.coolDownMs ?? 0)
  if (wanted > 0) return Math.min(wanted, MAX_COOL_DOWN_MS)
  return error.kind === 'rate-limited' ? DEFAULT_COOL_DOWN_MS : 0
}

/** How long is left of a cool-down, ms; 0 when there is none. All times in epoch ms. */
export function coolDownLeft(until: number | null, now: number): number {
  const left = (until ?? 0) - now
  return left > SLACK_MS && left <= MAX_COOL_DOWN_MS + SLACK_MS ? left : 0
}

/**
 * @param broker the broker's name, such as "Kotak Neo"
 * @throws LoginError `rate-limited` while the broker wants no requests
 */
export function assertCool(
  { coolDownUntil }: { coolDownUntil: number | null },
  broker: string,
  now: number,
): void {
  if (coolDownUntil === null || coolDownLeft(coolDownUntil, now) === 0) return
  // Rounded up: who tries at the minute named should not be refused. The zone is named wherever this is read.
  const until = untilWords(coolDownUntil + 59_999, now, 0)
  throw new LoginError('rate-limited', {
    message: `${houseName(broker)} wants a pause: TokenTray sends nothing ${until}.`,
    next: 'Log in again then.',
  })
}

/** The wait a `Retry-After` header asks for, ms: seconds or a date (RFC 9110 §10.2.3); null without a sound one. */
function retryAfter(headers: ReplyHeaders): number | null {
  const value = headers.get('retry-after')?.trim() ?? ''
  if (/^\d+$/.test(value)) return Number(value) * 1_000
  // A date without its zone would be read as one of ours.
  if (!value.endsWith(' GMT')) return null
  // By the broker's own clock: ours may be wrong.
  const wait = Date.parse(value) - Date.parse(headers.get('date') ?? '')
  return Number.isNaN(wait) ? null : Math.max(0, wait)
}
