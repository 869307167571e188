import type { OutgoingHttpHeaders } from 'node:http'
import { json, type Reply } from '../exchange.ts'

/** The login pages' own error codes are not documented; clients can go by the messages only. */
const MADE_UP_CODE = 'PRACTICE'

/** A success in the envelope of service.upstox.com. */
export function serviceSuccess(data: unknown, headers?: OutgoingHttpHeaders): Reply {
  return json(200, { success: true, data }, headers)
}

/** A refusal in the envelope of service.upstox.com. */
export function serviceRefusal(message: string): Reply {
  return json(400, { success: false, error: { code: MADE_UP_CODE, message } })
}

/** The refusal due after too many requests. */
export function tooManyRequests(): Reply {
  return json(429, { success: false, error: { code: 'UDAPI10005', message: 'Too Many Requests Sent' } })
}

/** The refusal due when the account is blocked. */
export function blocked(): Reply {
  return serviceRefusal('Your account is blocked after 5 incorrect entries. Reset your PIN to unblock it.')
}
