import { untilWords } from '../../../contract/words.ts'
import type { Broker, LoginLimit } from '../../brokers/broker.ts'
import { LoginError } from '../../errors.ts'
import type { Account } from '../../state/account.ts'
import { coolDownLeft } from './cool-down.ts'

type Counted = Pick<Account, 'loginsAt'>
type Limited = Pick<Broker, 'loginLimits' | 'name'>

/** Logins further ahead than this come from a clock that has since been set back, ms. */
const AHEAD_MS = 60_000

/** Returns a login's count of logins with one more at `now`, epoch ms. Nothing for a broker without limits. */
export function withLoginCounted(
  { loginsAt = [] }: Counted,
  { loginLimits = [] }: Limited,
  now: number,
): Counted {
  if (loginLimits.length === 0) return {}
  const longest = Math.max(...loginLimits.map(({ withinMs }) => withinMs))
  const most = Math.max(...loginLimits.map(({ logins }) => logins))
  return { loginsAt: [...loginsAt.filter((at) => now - at < longest), now].slice(-most) }
}

/** Returns how long the broker's limits allow no login, ms; 0 when one may begin. */
export function loginPauseLeft(
  { loginsAt = [] }: Counted,
  { loginLimits = [] }: Limited,
  now: number,
): number {
  const counted = loginsAt.filter((at) => at <= now + AHEAD_MS)
  return Math.max(0, ...loginLimits.map((limit) => pauseOf(limit, counted, now)))
}

/** Returns how long an account has to wait for its next login, ms: for the broker's wish or its limits. */
export const pauseLeft = (
  account: Counted & Pick<Account, 'coolDownUntil'>,
  broker: Limited,
  now: number,
): number => Math.max(coolDownLeft(account.coolDownUntil, now), loginPauseLeft(account, broker, now))

function pauseOf({ logins, withinMs }: LoginLimit, loginsAt: readonly number[], now: number): number {
  const oldest = loginsAt.at(-logins)
  return oldest === undefined ? 0 : Math.min(withinMs, oldest + withinMs - now)
}

/** @throws LoginError `rate-limited` while the broker's limits allow no login */
export function assertLoginAllowed(account: Counted, broker: Limited, now: number): void {
  const left = loginPauseLeft(account, broker, now)
  if (left <= 0) return
  // Rounded up, so that a retry at the displayed minute succeeds.
  const until = untilWords(now + left + 59_999, now, 0)
  throw new LoginError('rate-limited', {
    message: `${broker.name} allows ${limitWords(broker, account, now)}, so no login is sent ${until}.`,
    next: 'Log in again then. A try before would only start the time anew.',
  })
}

/** Returns the limit that is in the way, such as "one login in 2 minutes". */
function limitWords({ loginLimits = [] }: Limited, { loginsAt = [] }: Counted, now: number): string {
  const reached = loginLimits.find((limit) => pauseOf(limit, loginsAt, now) > 0)
  if (reached === undefined) return 'no more logins now'
  const { logins, withinMs } = reached
  const count = logins === 1 ? 'one login' : `${logins} logins`
  const minutes = Math.ceil(withinMs / 60_000)
  const hours = Math.round(minutes / 60)
  const time = minutes >= 120 ? `${hours} hours` : minutes === 1 ? 'a minute' : `${minutes} minutes`
  return `${count} in ${time}`
}
