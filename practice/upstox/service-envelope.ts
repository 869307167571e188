import type { OutgoingHttpHeaders } from 'node:http'
import { json, type Reply } from '../exchange.ts'

/** Codes that Upstox's login pages have sent. */
export type SeenCode =
  /** A fault in the request for a one-time password, such as a missing `userId`. */
  | 1017016
  /** Too many one-time passwords: no further one for ten minutes. */
  | 1017069
  /** A wrong PIN, or a PIN that is not encoded. */
  | 1017106

/** A substitute for the undocumented codes; clients can only read the messages. */
const MADE_UP_CODE = 'PRACTICE'

/** Wraps data in the success envelope of service.upstox.com. */
export function serviceSuccess(data: unknown, headers?: OutgoingHttpHeaders): Reply {
  return json(200, { success: true, data }, headers)
}

/** Returns a refusal in the envelope of service.upstox.com, under HTTP 200. */
export function serviceRefusal(message: string, code: SeenCode | typeof MADE_UP_CODE = MADE_UP_CODE): Reply {
  return json(200, { success: false, error: { code, message } })
}

/** Returns the reply of a route that is no longer served. */
export function gone(status: number): Reply {
  return json(status, { success: false, error: { code: String(status), message: 'Resource not found' } })
}

/** Returns the refusal after too many requests. */
export function tooManyRequests(): Reply {
  return json(429, { success: false, error: { code: 'UDAPI10005', message: 'Too Many Requests Sent' } })
}

/** Returns the refusal for a blocked account. */
export function blocked(): Reply {
  return serviceRefusal('Your account is blocked after 5 incorrect entries. Reset your PIN to unblock it.')
}
