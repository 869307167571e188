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

const Claims = z.object({ exp: z.number() })

/**
 * Returns the expiry of a JSON Web Token (`exp`, RFC 7519 §4.1.4), epoch ms; null for none. Does not check the
 * signature, which only the broker can.
 */
export function jwtExpiry(token: Secret): number | null {
  const [, payload = ''] = token.reveal().split('.')
  try {
    const { exp } = Claims.parse(JSON.parse(new TextDecoder().decode(bytesOfBase64(payload))))
    return exp * 1000
  } catch {
    return null
  }
}
