import * as z from 'zod/mini'
import { bytesOfBase64 } from '../bytes.ts'
import type { Secret } from '../secret.ts'

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS
// India has had one zone and no daylight saving since 1945, so plain arithmetic is right for every broker.
export const IST_OFFSET_MS = 5.5 * HOUR_MS

/** Returns the first time after `issuedAt` that is `hour` o'clock in India; both epoch ms. */
export function nextIstHour(issuedAt: number, hour: number): number {
  const sinceBoundary = (((issuedAt + IST_OFFSET_MS - hour * HOUR_MS) % DAY_MS) + DAY_MS) % DAY_MS
  return issuedAt - sinceBoundary + DAY_MS
}

/** Returns the end of the day of `issuedAt` in India; both epoch ms. */
export function endOfIstDay(issuedAt: number): number {
  return nextIstHour(issuedAt, 0)
}

const Claims = z.object({
  exp: z.catch(z.optional(z.number()), undefined),
  token: z.catch(z.optional(z.string()), undefined),
})

/**
 * Returns the expiry of a JSON Web Token (`exp`, RFC 7519 §4.1.4), epoch ms; null for none. A token inside it, in the
 * claim `token`, counts too, and the earlier end is returned. Does not check the signature, which only the broker can.
 */
export const jwtExpiry = (token: Secret): number | null => expiryIn(token.reveal(), 2)

function expiryIn(token: string, depth: number): number | null {
  const [, payload = ''] = token.split('.')
  try {
    const claims = Claims.parse(JSON.parse(new TextDecoder().decode(bytesOfBase64(payload))))
    const inner = claims.token === undefined || depth === 1 ? null : expiryIn(claims.token, depth - 1)
    return earliest(claims.exp === undefined ? null : claims.exp * 1000, inner)
  } catch {
    return null
  }
}

/** Returns the earliest of some times; null when none is known. */
export function earliest(time: number, ...others: readonly (number | null)[]): number
export function earliest(...times: readonly (number | null)[]): number | null
export function earliest(...times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/**
 * Returns the moment that a broker writes as date and time, epoch ms; null for another text. A time without a zone is
 * India's.
 */
export function istMoment(text: string): number | null {
  const [, day, time, zone = '+05:30'] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?)\s?(Z|[+-]\d\d:\d\d)?$/.exec(text.trim()) ?? []
  const moment = Date.parse(`${day ?? ''}T${time ?? ''}${zone}`)
  return Number.isNaN(moment) ? null : moment
}
