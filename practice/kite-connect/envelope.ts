import type { OutgoingHttpHeaders } from 'node:http'
import { formOf, json, type Handler, type PracticeRequest, type Reply } from '../exchange.ts'

/** The error types of https://kite.trade/docs/connect/v3/exceptions/ and the undocumented `TwoFAException`. */
export type ErrorType =
  | 'GeneralException'
  | 'InputException'
  | 'NetworkException'
  | 'TokenException'
  | 'TwoFAException'
  | 'UserException'

/** Wraps data in Kite's success envelope. */
export function success(data: unknown, headers?: OutgoingHttpHeaders): Reply {
  return json(200, { status: 'success', data }, headers)
}

/** Returns a refusal in Kite's envelope. */
export function refusal(status: number, errorType: ErrorType, message: string): Reply {
  return json(status, { status: 'error', message, data: null, error_type: errorType })
}

/** Returns a refusal of which only the HTTP status is known. */
export function refuse(status: number, message: string): Reply {
  if (status === 500) return refusal(status, 'GeneralException', message)
  return refusal(status, status >= 429 ? 'NetworkException' : 'InputException', message)
}

/** Returns a handler that refuses a form post if a named field is missing or empty. */
export function withForm(
  fields: readonly string[],
  handler: (form: URLSearchParams, request: PracticeRequest) => Reply,
): Handler {
  return (request) => {
    const form = formOf(request)
    if (form === undefined) return refuse(400, 'Expected application/x-www-form-urlencoded')
    return missingField(fields, form) ?? handler(form, request)
  }
}

/** Returns the refusal for the first missing or empty field, if any. */
export function missingField(fields: readonly string[], given: URLSearchParams): Reply | undefined {
  const missing = fields.find((field) => !given.get(field))
  return missing === undefined ? undefined : refuse(400, `Missing or empty field \`${missing}\``)
}
