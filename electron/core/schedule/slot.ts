import { sha256Hex } from '../bytes.ts'
import { istTime } from '../../contract/words.ts'
import type { Account } from '../state/account.ts'
import type { Broker } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import { nextIstHour } from '../time/expiry.ts'
import { DAY_BEGINS_HOUR } from '../state/freshness.ts'
import { startOf, timeOn, type IstDay } from '../time/ist.ts'
import { sessionOn } from './trading-days.ts'

/** Logins of one moment are spread over so long, ms: a thousand traders have the same time in their settings. */
export const JITTER_MS = 2 * 60_000

/**
 * When an account's login is due on a day, epoch ms: at `time` (`HH:MM` in India), not before the hour at which its
 * broker ends all tokens, and up to two minutes later, by chance but the same at every look.
 * @param isSent false where nothing is sent and so nothing has to be spread
 */
export function slotOn(
  day: IstDay,
  time: string,
  account: Pick<Account, 'name' | 'settings'>,
  broker: Pick<Broker, 'expiresAt'>,
  isSent: boolean,
): number {
  const wanted = timeOn(day, time)
  return afterExpiryHour(broker, wanted, sessionOn(day).closesAt) + (isSent ? jitter(account, day) : 0)
}

/**
 * The time of day, `HH:MM` in India, that stands in for every earlier one that a user may wish for: the hour at which
 * a broker ends all tokens. Null where it has none.
 */
export function earliestTime(broker: Pick<Broker, 'expiresAt'>, day: IstDay): string | null {
  const midnight = startOf(day)
  const earliest = afterExpiryHour(broker, midnight, sessionOn(day).closesAt)
  return earliest === midnight ? null : istTime(earliest)
}

/**
 * `wanted`, or the hour after it at which the broker ends all tokens, when that comes before the close: a token of
 * before that hour would not last the day. A lifetime that is the same at every hour moves nothing.
 */
function afterExpiryHour(broker: Pick<Broker, 'expiresAt'>, wanted: number, closesAt: number): number {
  const ends = endOfTokenFrom(broker, wanted)
  const isHour = ends === endOfTokenFrom(broker, wanted - MINUTE_MS)
  return isHour && ends < closesAt ? ends : wanted
}

const MINUTE_MS = 60_000

/** When a token of a moment would end as far as can be told without one, both epoch ms. */
function endOfTokenFrom(broker: Pick<Broker, 'expiresAt'>, issuedAt: number): number {
  const unknown = (): number => nextIstHour(issuedAt, DAY_BEGINS_HOUR)
  try {
    return broker.expiresAt(issuedAt, {}) ?? unknown()
  } catch (error) {
    if (error instanceof LoginError) return unknown()
    throw error
  }
}

/** The account's settings are part of it because many traders give their account the same name. */
function jitter({ name, settings }: Pick<Account, 'name' | 'settings'>, day: IstDay): number {
  const hash = sha256Hex(JSON.stringify([name, settings, day]))
  return Number.parseInt(hash.slice(0, 8), 16) % (JITTER_MS + 1)
}
