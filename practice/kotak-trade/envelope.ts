import { json, type Reply } from '../exchange.ts'

/** Kotak uses both spellings; https://github.com/paramatrixtech/ksapi reads either. */
export type SuccessKey = 'Success' | 'success'

/** The meanings of statuses in the documentation of https://github.com/osparamatrix/ks-orderapi-python */
const MEANINGS: Readonly<Record<number, string>> = {
  400: 'Invalid or missing input parameters',
  401: 'Verify resource and path of the request',
  429: 'Too many requests to the API',
  500: 'Unexpected error',
  503: 'Trade API service is unavailable',
  504: 'Gateway timeout, trade API is unreachable',
}

/** Wraps data in Kotak's success envelope. */
export function success(key: SuccessKey, data: unknown): Reply {
  return json(200, { [key]: data })
}

/** Returns a refusal of which only the HTTP status is known, with the status as Kotak's own code. */
export function refuse(status: number, description: string): Reply {
  return fault(status, status, MEANINGS[status] ?? description, description)
}

/** Returns the gateway's refusal, as in https://github.com/paramatrixtech/ksapi/issues/14 */
export function refuseAccess(): Reply {
  const description = 'Access failure for API. Make sure you have provided the correct security credentials'
  return fault(401, 900901, 'Invalid Credentials', description)
}

/** Returns a refusal as in https://github.com/paramatrixtech/ksapi/issues/39 */
export function refuseOneTimeToken(): Reply {
  return fault(401, 50001, 'Invalid OneTimeToken', 'OneTimeToken is expired or not correct')
}

/** Returns a refusal as in https://github.com/osparamatrix/ks-orderapi-python/issues/85 */
export function refuseLocked(): Reply {
  return fault(403, 70009, 'Account Locked', 'User locked due to Bad tries')
}

function fault(status: number, code: number, message: string, description: string): Reply {
  return json(status, { fault: { code, message, description } })
}
