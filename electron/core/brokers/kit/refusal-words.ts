import type { ProblemKind } from '../../../contract/state.ts'
import { attemptsLeftIn } from './attempts-left.ts'
import { isGone, isUnavailable, speaksOfLock } from './replies.ts'

/** What a refusal means, before it is put into words for the user. */
export interface RefusalMeaning {
  readonly kind: ProblemKind
  /** See `LoginError.notJudged`. */
  readonly notJudged?: boolean
  /** For how long the broker wants no more requests, ms. */
  readonly coolDownMs?: number
}

/** An entry is refused under these; 2xx too, since several brokers refuse with HTTP 200. */
const entryStatuses: ReadonlySet<number> = new Set([400, 401, 403, 422])

/** Whether a reply with this status can be about something that was entered. */
export const mayBeAboutEntry = (status: number): boolean =>
  (status >= 200 && status < 300) || entryStatuses.has(status)

/** Whether words are about a password, a PIN, or whose it is. */
export const speaksOfPassword = (words: string): boolean =>
  /\b(passwords?|passcode|user ?(name|id)s?|client ?(code|id)|login ?id|credentials?|m?pin)\b/i.test(words)

/** Whether words are about a code of the second factor. */
export const speaksOfCode = (words: string): boolean =>
  /\b(t?otps?|2fa|two.?factor|verification code|security code|(app|access|auth\w*) code|twofa\w*)\b/i.test(
    words,
  )

/**
 * What a refusal means that is not about an entry, by its status and the broker's words: it is the same at every
 * broker and in every step. Null where the reply may be about what was sent, which the broker's own table tells.
 * @param isAboutEntry whether the broker's words or code name what was sent as wrong
 */
export function meaningBesideEntry(
  status: number,
  words: string,
  isAboutEntry: boolean,
): RefusalMeaning | null {
  if (status === 429) return { kind: 'rate-limited', ...pauseIn(words) }
  if (status >= 500) return { kind: 'broker-down', notJudged: isUnavailable(status) }
  if (isGone(status)) return { kind: 'protocol-changed', notJudged: true }
  const pause = pauseIn(words)
  if (isLocked(words)) {
    // A block that ends by itself is waited out; one that came with a refused entry waits for the user.
    return pause === null || isAboutEntry ? { kind: 'account-locked' } : { kind: 'rate-limited', ...pause }
  }
  if (isAboutEntry && mayBeAboutEntry(status)) return null
  if (/captcha|\brobots?\b|\bbots?\b|unusual (traffic|activity)|automated/i.test(words))
    return { kind: 'bot-wall' }
  if (isAddressRefused(words)) return { kind: 'ip-not-allowed' }
  if (/subscription|subscribed/i.test(words)) return { kind: 'subscription' }
  if (/not (enabled|authori[sz]ed|allowed|registered) (for|to use) (this|the|your) app/i.test(words))
    return { kind: 'app-config' }
  if (pause !== null) return { kind: 'rate-limited', ...pause }
  if (/too many (requests|attempts|t?otps?|codes)/i.test(words)) return { kind: 'rate-limited' }
  return mayBeAboutEntry(status) ? null : { kind: 'protocol-changed' }
}

/** Whether words count the entries that the broker still takes, with a number or without, as in "few attempts left". */
export const countsAttempts = (words: string): boolean =>
  attemptsLeftIn(words) !== null || /attempts? left/i.test(words)

/**
 * Whether words say that the account is locked. While the broker allows more entries it has not locked the account,
 * though it may threaten to.
 */
export const isLocked = (words: string): boolean =>
  speaksOfLock(words) && (!countsAttempts(words) || attemptsLeftIn(words) === 0)

const isAddressRefused = (words: string): boolean =>
  /\b(ip|ips|ip address(es)?|network)\b/i.test(words) &&
  /\b(not|static|whitelist\w*|unregistered|mismatch)\b/i.test(words)

const unitsMs: Readonly<Record<string, number>> = { second: 1_000, minute: 60_000, hour: 3_600_000 }

/** The pause that words ask for, such as "try again after 10 minutes"; null when they ask for none. */
export function pauseIn(words: string): { readonly coolDownMs: number } | null {
  const [, count = '', unit = ''] =
    /\b(?:after|in|for|within)\s+(\d{1,4})\s*(second|minute|hour|min)s?\b/i.exec(words) ?? []
  const unitMs = unitsMs[unit.toLowerCase() === 'min' ? 'minute' : unit.toLowerCase()]
  return unitMs === undefined || count === '' ? null : { coolDownMs: Number(count) * unitMs }
}
