import type { OutgoingHttpHeaders } from 'node:http'
import { json, type Reply } from '../exchange.ts'

/** Codes that the login pages have been seen to send. */
export type SeenCode =
  /** Something is amiss with the request for a one-time password, such as no `userId`. */
  | 1017016
  /** Too many one-time passwords: none for ten minutes. */
  | 1017069
  /** A wrong PIN, also one that is not encoded. */
  | 1017106

/** Their other codes are not documented; clients can go by the messages only. */
const MADE_UP_CODE = 'PRACTICE'

/** A success in the envelope of service.upstox.com. */
export function serviceSuccess(data: unknown, headers?: OutgoingHttpHeaders): Reply {
  return json(200, { success: true, data }, headers)
}

/** A refusal in the envelope of service.upstox.com, which says so under HTTP 200. */
export function serviceRefusal(message: string, code: SeenCode | typeof MADE_UP_CODE = MADE_UP_CODE): Reply {
  return json(200, { success: false, error: { code, message } })
}

/** What a route that is not served any more answers. */
export function gone(status: number): Reply {
  return json(status, { success: false, error: { code: String(status), message: 'Resource not found' } })
}

/** The refusal due after too many requests. */
export function tooManyRequests(): Reply {
  return json(429, { success: false, error: { code: 'UDAPI10005', message: 'Too Many Requests Sent' } })
}

/** The refusal due when the account is blocked. */
export function blocked(): Reply {
  return serviceRefusal('Your account is blocked after 5 incorrect entries. Reset your PIN to unblock it.')
}
