import { json, type Reply } from '../practice/exchange.ts'
import { definedBrokers } from '../practice/defined.ts'
import type { EntryRoutes, Simulation } from '../practice/kit/simulation.ts'
import type { BrokerModel } from '../practice/practice-broker.ts'
import { kiteConnectModel } from '../practice/kite-connect.ts'
import { kiteWebModel } from '../practice/kite-web.ts'
import { kotakNeoModel } from '../practice/kotak-neo.ts'
import { kotakTradeModel } from '../practice/kotak-trade.ts'
import { upstoxModel } from '../practice/upstox.ts'
import { twoEntryModel } from './two-entry-model.ts'

/** A broker at which the trader has an account. */
interface Kind extends Simulation {
  /** @param base the base URL of each endpoint */
  readonly model: (now: () => number, base: (endpoint: string) => string) => BrokerModel
}

const kiteEntries: EntryRoutes = {
  'POST /api/login': [{ entry: 'password', field: 'password' }],
  'POST /api/twofa': [{ entry: 'code', field: 'twofa_value' }],
}

/** Brokers send the second reply for orders: field cases, "IPv4 and IPv6". */
const kiteElsewhere: readonly Reply[] = [
  'Requests from this IP address are not permitted',
  'IP (2001:db8::7) is not allowed',
].map((message) => json(403, { status: 'error', message, data: null, error_type: 'PermissionException' }))

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

/** Returns a refusal of https://www.kotakneo.com/platform/kotak-neo-trade-api/static-ip-details */
const neoElsewhere = (stCode: number, errMsg: string): Reply => json(200, { stat: 'Not_Ok', stCode, errMsg })

/** Lists every broker at which the trader has an account. */
export const kinds: readonly Kind[] = [
  {
    model: (now) => kiteConnectModel({ now }),
    password: 'password',
    entries: kiteEntries,
    loginRoutes: {
      needed: [
        'GET /connect/login',
        'POST /api/login',
        'POST /api/twofa',
        'GET /connect/finish',
        'POST /session/token',
      ],
      probe: 'GET /user/profile',
      elsewhere: kiteElsewhere,
    },
  },
  {
    // Uses another user ID, because the two Zerodha brokers identify a person by it.
    model: (now) => kiteWebModel({ now, credentials: { user_id: 'PR0002' } }),
    password: 'password',
    entries: kiteEntries,
    loginRoutes: {
      needed: ['POST /api/login', 'POST /api/twofa'],
      probe: 'GET /oms/user/profile',
      elsewhere: kiteElsewhere,
    },
  },
  {
    model: (now, base) =>
      upstoxModel({ now, hosts: () => ({ login: base('login'), service: base('service') }) }),
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
  {
    model: (now) => kotakNeoModel({ now }),
    password: 'mpin',
    entries: {
      'POST /login/1.0/tradeApiLogin': [{ entry: 'code', field: 'totp' }],
      'POST /login/1.0/tradeApiValidate': [{ entry: 'password', field: 'mpin' }],
    },
    loginRoutes: {
      needed: ['POST /login/1.0/tradeApiLogin', 'POST /login/1.0/tradeApiValidate'],
      probe: 'GET /quick/user/orders',
      elsewhere: [neoElsewhere(100008, 'unauthorized'), neoElsewhere(1037, 'session ip does not match')],
    },
  },
  {
    model: (now) => kotakTradeModel({ now }),
    password: 'password',
    entries: { 'POST /session/1.0/session/login/userid': [{ entry: 'password', field: 'password' }] },
    loginRoutes: {
      needed: [
        'GET /session/1.0/session/init',
        'POST /session/1.0/session/login/userid',
        'POST /session/1.0/session/2FA/oneTimeToken',
      ],
      probe: 'GET /margin/1.0/margin',
      // This API is older than the rule, and no reply for it is known.
      elsewhere: [],
    },
  },
  {
    model: (now) => twoEntryModel(now),
    password: 'password',
    entries: {
      'POST /login': [
        { entry: 'password', field: 'password' },
        { entry: 'code', field: 'code' },
      ],
    },
    loginRoutes: {
      needed: ['POST /login'],
      probe: 'GET /me',
      elsewhere: [json(403, { error: 'This is answered only from the static IP of your account' })],
    },
  },
  ...definedBrokers.map(({ model, simulation }): Kind => ({ ...simulation, model: (now) => model({ now }) })),
]
