import { json, type Reply } from '../exchange.ts'

/** The error codes in use here, of https://upstox.com/developer/api-documentation/ */
export type ErrorCode =
  /** Bad request. */
  | 'UDAPI10000'
  /** Too many requests. */
  | 'UDAPI10005'
  /** Invalid credentials. */
  | 'UDAPI100016'
  /** Invalid input. */
  | 'UDAPI100036'
  /** Invalid token. */
  | 'UDAPI100050'
  /** Invalid or used authorization code: https://upstox.com/developer/api-documentation/get-token */
  | 'UDAPI100057'
  /** Wrong `client_id` or `redirect_uri`. */
  | 'UDAPI100068'
  /** Inactive `client_id`. */
  | 'UDAPI100073'
  /** A request from an unregistered address: https://upstox.com/developer/api-documentation/analytics-token */
  | 'UDAPI1221'
  /** Something went wrong. */
  | 'UDAPI100500'

/** Wraps data in the success envelope of api.upstox.com. */
export function success(data: unknown): Reply {
  return json(200, { status: 'success', data })
}

/**
 * Returns a refusal in the envelope of api.upstox.com, with the older spelling `errorCode` that is still sent.
 */
export function refusal(status: number, code: ErrorCode, message: string): Reply {
  return json(status, { status: 'error', errors: [{ errorCode: code, error_code: code, message }] })
}

/** Returns a refusal of a request that lacks a field or has too many. */
export function invalidInput(message: string): Reply {
  return refusal(400, 'UDAPI100036', message)
}

/** Returns a refusal of which only the HTTP status is known. */
export function refuse(status: number, message: string): Reply {
  if (status === 401) return refusal(status, 'UDAPI100050', message)
  if (status === 429) return refusal(status, 'UDAPI10005', message)
  return refusal(status, status >= 500 ? 'UDAPI100500' : 'UDAPI10000', message)
}
