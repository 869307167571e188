import type { Freshness } from '../../contract/state.ts'
import { nextIstHour } from '../time/expiry.ts'

/** How long before its end a token counts as expiring, ms. */
export const EXPIRING_MS = 15 * 60_000

/** The record of the token in the keychain. All times in epoch ms. */
export interface TokenRecord {
  readonly issuedAt: number
  /** Null when the broker does not say when its tokens end. */
  readonly expiresAt: number | null
  /** The broker's last answer; `unverified` when it could not be asked. */
  readonly seen: 'accepted' | 'rejected' | 'unverified'
  /** How often something was sent that may have ended it; absent for never. */
  readonly doubts?: number | undefined
}

/** Returns how good a token is at `now` (epoch ms). A refused or expired token is never called good. */
export function freshness(token: TokenRecord | null, now: number): Freshness {
  if (token === null) return 'none'
  if (token.seen === 'rejected') return 'rejected'
  if (token.expiresAt !== null && now >= token.expiresAt) return 'expired'
  // A token “from the future” was issued before the machine's clock was set back, so its times mean nothing.
  if (token.seen === 'unverified' || token.issuedAt > now + DAY_MS) return 'unverified'
  // Every Indian broker ends its sessions once a day. Without a known hour, yesterday's answer no longer counts.
  if (token.expiresAt === null && now >= nextIstHour(token.issuedAt, DAY_BEGINS_HOUR)) return 'unverified'
  if (token.expiresAt !== null && now >= token.expiresAt - EXPIRING_MS) return 'expiring'
  return 'fresh'
}

const DAY_MS = 24 * 60 * 60_000

/** The hour in India by which all known brokers have ended yesterday's sessions. */
export const DAY_BEGINS_HOUR = 6
