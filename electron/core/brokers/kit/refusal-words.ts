import type { ProblemKind } from '../../../contract/state.ts'
import { attemptsLeftIn } from './attempts-left.ts'
import { isGone, isUnavailable, mentionsLock } from './replies.ts'

/** The meaning of a refusal, before the message for the user is chosen. */
export interface RefusalMeaning {
  readonly kind: ProblemKind
  /** See `LoginError.notJudged`. */
  readonly notJudged?: boolean
  /** How long the broker wants no further requests, ms. */
  readonly coolDownMs?: number
}

/** The statuses under which brokers refuse entries. */
export const entryStatuses: readonly number[] = [200, 400, 401, 403, 422]

/** Returns whether a reply with this status may be about an entry. */
export const mayBeAboutEntry = (status: number): boolean =>
  (status >= 200 && status < 300) || entryStatuses.includes(status)

/** Words about a password, a PIN or a user ID. */
export const passwordWords =
  /\b(passwords?|passcode|user ?(name|id)s?|client ?(code|id)|login ?id|credentials?|m?pin)\b/i

/** Words about a code of the second factor. */
export const codeWords =
  /\b(t?otps?|2fa|two.?factor|verification code|security code|(app|access|auth\w*) code|twofa\w*)\b/i

/** Returns whether words mention a password, a PIN or a user ID. */
export const mentionsPassword = (words: string): boolean => passwordWords.test(words)

/** Returns whether words mention a code of the second factor. */
export const mentionsCode = (words: string): boolean => codeWords.test(words)

/** Returns whether words are about a form, a captcha or a limit, which judge no entry that they name. */
export const judgesNoEntry = (words: string): boolean =>
  /captcha|\b(missing|empty|required)\b|too many|exceed|maximum/i.test(words)

/**
 * Returns the meaning of a refusal that is not about an entry, by status and words. This meaning is the same at every
 * broker and in every step. Null when the reply may be about the entry, which the broker's own table decides.
 * @param isAboutEntry whether the broker's words or code call the entry wrong
 */
export function commonMeaning(status: number, words: string, isAboutEntry: boolean): RefusalMeaning | null {
  if (status === 429) return { kind: 'rate-limited', ...pauseIn(words) }
  if (status >= 500) return { kind: 'broker-down', notJudged: isUnavailable(status) }
  if (isGone(status)) return { kind: 'protocol-changed', notJudged: true }
  const pause = pauseIn(words)
  if (isLocked(words)) {
    // A block that ends by itself only needs time; a block after a refused entry needs the user.
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

/** Returns whether words count the remaining attempts, with or without a number, as in "few attempts left". */
export const countsAttempts = (words: string): boolean =>
  attemptsLeftIn(words) !== null || /attempts? left/i.test(words)

/**
 * Returns whether words say that the account is locked. A broker that still allows attempts only threatens a lock.
 */
export const isLocked = (words: string): boolean =>
  mentionsLock(words) && (!countsAttempts(words) || attemptsLeftIn(words) === 0)

const isAddressRefused = (words: string): boolean =>
  /\b(ip|ips|ip address(es)?|network)\b/i.test(words) &&
  /\b(not|static|whitelist\w*|unregistered|mismatch)\b/i.test(words)

const unitsMs: Readonly<Record<string, number>> = { second: 1_000, minute: 60_000, hour: 3_600_000 }

/** Returns the pause that words ask for, such as "try again after 10 minutes"; null for none. */
export function pauseIn(words: string): { readonly coolDownMs: number } | null {
  const [, count = '', unit = ''] =
    /\b(?:after|in|for|within)\s+(\d{1,4})\s*(second|minute|hour|min)s?\b/i.exec(words) ?? []
  const unitMs = unitsMs[unit.toLowerCase() === 'min' ? 'minute' : unit.toLowerCase()]
  return unitMs === undefined || count === '' ? null : { coolDownMs: Number(count) * unitMs }
}
