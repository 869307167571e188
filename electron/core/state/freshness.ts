import type { Freshness } from '../../contract/state.ts'
import { nextIstHour } from '../time/expiry.ts'

/** A token counts as expiring this long before its end, ms. */
export const EXPIRING_MS = 15 * 60_000

/** What is remembered about the token in the keychain. All times in epoch ms. */
export interface TokenRecord {
  readonly issuedAt: number
  /** Null when the broker does not say when its tokens end. */
  readonly expiresAt: number | null
  /** What the broker said when last asked, `unverified` when it could not be asked. */
  readonly seen: 'accepted' | 'rejected' | 'unverified'
}

/** Whether a token can be called good at `now` (epoch ms). Time decides first: a dead token needs no asking. */
export function freshness(token: TokenRecord | null, now: number): Freshness {
  if (token === null) return 'none'
  if (token.seen === 'rejected') return 'rejected'
  if (token.expiresAt !== null && now >= token.expiresAt) return 'expired'
  // A token "from the future" was issued before the machine's clock was set back: its times mean nothing now.
  if (token.seen === 'unverified' || token.issuedAt > now + DAY_MS) return 'unverified'
  // Every Indian broker ends its sessions once a day. Where the hour is not known, yesterday's word is none.
  if (token.expiresAt === null && now >= nextIstHour(token.issuedAt, DAY_BEGINS_HOUR) - EXPIRING_MS)
    return 'unverified'
  if (token.expiresAt !== null && now >= token.expiresAt - EXPIRING_MS) return 'expiring'
  return 'fresh'
}

const DAY_MS = 24 * 60 * 60_000
/** No broker is known to end its sessions later in the morning, o'clock in India. */
export const DAY_BEGINS_HOUR = 6
