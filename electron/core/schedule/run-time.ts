import { istTime } from '../../contract/words.ts'
import type { Account } from '../state/account.ts'
import type { Broker } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import { nextIstHour } from '../time/expiry.ts'
import { DAY_BEGINS_HOUR } from '../state/freshness.ts'
import { dayOf, startOf, timeOn, type IstDay } from '../time/ist.ts'
import { lastsUntilClose, sessionOn } from './trading-days.ts'

/** The longest random delay of a login, ms, because many traders have the same run time. */
export const JITTER_MS = 2 * 60_000

/**
 * Returns when the login of an account is due on a day, epoch ms: at `runTime` (`HH:MM` in India), but not before the
 * hour at which the broker ends all tokens. A hash of account and day adds up to two minutes.
 * @param isSent false for a run without requests, which needs no delay
 */
export function dueAt(
  day: IstDay,
  runTime: string,
  account: Pick<Account, 'name' | 'settings'>,
  broker: Pick<Broker, 'expiresAt'>,
  isSent: boolean,
): number {
  const wanted = timeOn(day, runTime)
  return afterExpiryHour(broker, wanted, sessionOn(day).closesAt) + (isSent ? jitter(account, day) : 0)
}

/**
 * Returns the time of a run without its random delay, epoch ms, because users see the time that they have set.
 * @param at when the run is due, epoch ms
 */
export function plannedTime(
  at: number,
  runTime: string,
  account: Pick<Account, 'name' | 'settings'>,
  broker: Pick<Broker, 'expiresAt'>,
): number {
  const planned = dueAt(dayOf(at), runTime, account, broker, false)
  return at - planned >= 0 && at - planned <= JITTER_MS ? planned : at
}

/**
 * Returns the earliest possible run time, `HH:MM` in India: the hour at which the broker ends all tokens. Null for a
 * broker without such an hour.
 */
export function earliestTime(broker: Pick<Broker, 'expiresAt'>, day: IstDay): string | null {
  const midnight = startOf(day)
  const earliest = afterExpiryHour(broker, midnight, sessionOn(day).closesAt)
  return earliest === midnight ? null : istTime(earliest)
}

/**
 * Returns `wanted`, or the later hour before the close at which the broker ends all tokens, because an earlier token
 * would not last the day. A fixed lifetime changes nothing.
 */
function afterExpiryHour(broker: Pick<Broker, 'expiresAt'>, wanted: number, closesAt: number): number {
  const ends = endOfTokenFrom(broker, wanted)
  const isHour = ends === endOfTokenFrom(broker, wanted - MINUTE_MS)
  return isHour && !lastsUntilClose(ends, closesAt) ? ends : wanted
}

const MINUTE_MS = 60_000

/** Returns when a token issued at a time would expire, as far as known without the token, both epoch ms. */
function endOfTokenFrom(broker: Pick<Broker, 'expiresAt'>, issuedAt: number): number {
  const unknown = (): number => nextIstHour(issuedAt, DAY_BEGINS_HOUR)
  try {
    return broker.expiresAt(issuedAt, {}) ?? unknown()
  } catch (error) {
    if (error instanceof LoginError) return unknown()
    throw error
  }
}

/** Hashes the account's settings too, because many traders give their account the same name. */
function jitter({ name, settings }: Pick<Account, 'name' | 'settings'>, day: IstDay): number {
  return spreadOf(JSON.stringify([name, settings, day])) % (JITTER_MS + 1)
}

const utf8 = new TextEncoder()

/** Returns the FNV-1a hash of a text, 32 bits: spreading moments needs no cryptography. */
function spreadOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of utf8.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
