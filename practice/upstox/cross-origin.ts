import type { Handler, Routes } from '../exchange.ts'
import type { UpstoxState } from './state.ts'

/**
 * Allows calls with cookies from the login page, which is on another host. Other pages cannot read the replies:
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS
 */
export function openToLoginPage(routes: Routes, { hosts }: UpstoxState): Routes {
  const opened =
    (handler: Handler): Handler =>
    (request) => {
      const { headers, ...reply } = handler(request)
      const cors = {
        'access-control-allow-origin': hosts().login,
        'access-control-allow-credentials': 'true',
        'access-control-allow-headers':
          'content-type, x-request-id, x-device-details, x-profile-id, x-user-id',
      }
      return { ...reply, headers: { ...headers, ...cors } }
    }
  const preflight: Handler = () => ({ status: 200, headers: {}, body: '' })
  return Object.fromEntries(
    Object.entries(routes).flatMap(([route, handler]) => [
      [route, opened(handler)],
      [route.replace(/^POST /, 'OPTIONS '), opened(preflight)],
    ]),
  )
}
