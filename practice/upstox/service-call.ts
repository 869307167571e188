import { z } from 'zod'
import { headerOf, isJson, jsonOf, type Handler, type PracticeRequest, type Reply } from '../exchange.ts'
import { serviceRefusal } from './service-envelope.ts'

/** Holds the parts that every call to service.upstox.com must have. */
export interface ServiceCall<Data> {
  readonly request: PracticeRequest
  /** The `x-request-id`: the same value during the entire login. */
  readonly requestId: string
  /** The value of `data` in the body. */
  readonly data: Data
}

/**
 * Returns a handler for a call of the login page: JSON with the page's two headers and a body of this exact shape.
 * The headers are undocumented; https://github.com/batpool/upstox-totp sends them.
 */
export function serviceCall<Data>(
  shape: z.ZodType<Data>,
  handler: (call: ServiceCall<Data>) => Reply,
): Handler {
  const bodyShape = z.strictObject({ data: shape })
  return (request) => {
    const requestId = headerOf(request, 'x-request-id')
    if (!isJson(request)) return serviceRefusal('Expected application/json')
    if (!/^WPRO-[A-Za-z0-9]{10}$/.test(requestId)) return serviceRefusal('Invalid x-request-id')
    if (!isBrowser(headerOf(request, 'x-device-details'))) return serviceRefusal('Invalid x-device-details')
    const body = bodyShape.safeParse(jsonOf(request))
    if (!body.success) return serviceRefusal('Invalid request body')
    return handler({ request, requestId, data: body.data.data })
  }
}

/** Tells whether the text has the form `platform=WEB|osName=…|…|uuid=<20 letters or digits>|userAgent=…`. */
function isBrowser(deviceDetails: string): boolean {
  const details = deviceDetails.split('|')
  return details.includes('platform=WEB') && details.some((detail) => /^uuid=[A-Za-z0-9]{20}$/.test(detail))
}
