import { json, type Reply } from '../exchange.ts'
import type { DefinedBroker } from '../kit/define.ts'
import { startUpstox, upstoxModel } from '../upstox.ts'
/** Returns a refusal of https://upstox.com/developer/api-documentation/error-codes */
const upstoxElsewhere = (status: number, errorCode: string): Reply =>
  json(status, {
    status: 'error',
    errors: [
      {
        errorCode,
        message:
          'Access to this API is permitted only when requested from the static IP configured in your account.',
      },
    ],
  })

/** Lists the practice broker, with its protocol. */
export const upstox: DefinedBroker = {
  id: 'upstox',
  answer: /success/,
  simulation: {
    password: 'pin_code',
    secondCode: false,
    entries: {
      'POST /login/open/v5/auth/1fa/otp-totp/verify': [{ entry: 'code', field: 'otp' }],
      'POST /login/open/v4/auth/2fa': [{ entry: 'password', field: 'inputText' }],
      'POST /login/open/v4/auth/1fa/otp-totp/verify': [{ entry: 'code', field: 'otp' }],
      'POST /login/open/v3/auth/2fa': [{ entry: 'password', field: 'inputText' }],
    },
    loginRoutes: {
      needed: [
        'GET /v2/login/authorization/dialog',
        'POST /login/open/v6/auth/1fa/otp/generate',
        'POST /login/v2/oauth/authorize',
        'POST /v2/login/authorization/token',
      ],
      pairs: {
        newer: {
          code: 'POST /login/open/v5/auth/1fa/otp-totp/verify',
          pin: 'POST /login/open/v4/auth/2fa',
        },
        older: {
          code: 'POST /login/open/v4/auth/1fa/otp-totp/verify',
          pin: 'POST /login/open/v3/auth/2fa',
        },
      },
      probe: 'GET /v2/user/profile',
      elsewhere: [upstoxElsewhere(401, 'UDAPI1221'), upstoxElsewhere(403, 'UDAPI1154')],
    },
  },
  model: ({ base, ...options } = {}) =>
    upstoxModel({
      ...options,
      ...(base !== undefined && { hosts: () => ({ login: base('login'), service: base('service') }) }),
    }),
  start: startUpstox,
}
