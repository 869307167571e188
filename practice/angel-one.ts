import { headerOf, json, type Handler, type PracticeRequest, type Reply } from './exchange.ts'
import { DAY_MS, lastIst } from './ist.ts'
import { withJson, type JsonFields } from './json-fields.ts'
import { definePractice } from './kit/define.ts'
import { JwtTokens } from './kit/jwt-tokens.ts'
import { LoginsLimit } from './kit/logins-limit.ts'
import { bearerOf, withHeaders } from './kit/routes.ts'

/** Sent under HTTP 200, with the flag as a text, as Angel One sends most refusals. */
const refused = (errorcode: string, message: string, status = 200): Reply =>
  json(status, { status: 'false', message, errorcode, data: 'null' })

/** The other envelope, of refused tokens. */
const tokenRefused = (): Reply =>
  json(200, { success: false, message: 'Invalid Token', errorCode: 'AG8001', data: '' })

const tooFast = (): Reply => ({
  status: 403,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message: 'Access denied because of exceeding access rate' }),
})

const LOGIN = '/rest/auth/angelbroking/user/v1/loginByPassword'
const PROFILE = '/rest/secure/angelbroking/user/v1/getProfile'
const LOGOUT = '/rest/secure/angelbroking/user/v1/logout'
const HEADERS = ['x-privatekey', 'x-usertype', 'x-sourceid']

/** A practice Angel One, by https://smartapi.angelone.in/docs/User and its forum's posts. */
export const angelOne = definePractice({
  id: 'angel-one',
  credentials: {
    api_key: 'PrAcTiCe',
    client_code: 'P123456',
    pin: '7391',
    totp_secret: 'ANGELONEPRACTICEANGELONEPRACTICE',
  },
  endpoints: ['api'],
  refuse: (status, message) => json(status, { status: false, message, errorcode: '', data: null }),
  answer: /P123456/,
  simulation: {
    password: 'pin',
    // A refused code may mean a wrong PIN as well.
    secondCode: false,
    entries: {
      [`POST ${LOGIN}`]: [
        { entry: 'password', field: 'password' },
        { entry: 'code', field: 'totp' },
      ],
    },
    loginRoutes: {
      needed: [`POST ${LOGIN}`],
      probe: `GET ${PROFILE}`,
      // Only orders are bound to an address.
      elsewhere: [],
    },
    notJudged: ({ status, body }) => status === 403 && body.includes('access rate'),
  },
  open: ({ credentials, account, now, completed }) => {
    const nextMidnight = (at: number): number => lastIst(0, at) + DAY_MS
    const inner = new JwtTokens([credentials.client_code], now, nextMidnight)
    const perSecond = new LoginsLimit(1, 1_000, now)

    /** The outer token names an end years away, and the one inside it the true one. */
    const nested = (): string =>
      inner.sign({
        username: credentials.client_code,
        token: inner.mint(),
        exp: Math.floor(now() / 1000) + 1e8,
      })
    const innerOf = (token: string): string => {
      const claim = inner.claimsOf(token)?.['token']
      return typeof claim === 'string' ? claim : ''
    }
    const isLive = (token: string): boolean => inner.isLive(innerOf(token))

    function login({ clientcode = '', password = '', totp = '' }: JsonFields): Reply {
      if (!perSecond.admits()) return tooFast()
      // All three are refused alike, and only one of them is about the code.
      if (clientcode.includes('@') || !/^\d{4}$/.test(password)) return refused('AB1050', 'Invalid totp')
      if (clientcode !== credentials.client_code) return refused('AB1007', 'Invalid login id or password')
      const pin = account.enterPassword(password === credentials.pin)
      if (pin === 'wrong') return refused('AB1007', 'Invalid login id or password')
      const code = pin === 'right' ? account.enterCode(totp) : 'blocked'
      if (code === 'blocked') return refused('AB1006', 'Client is blocked for trading')
      if (code === 'wrong') return refused('AB1050', 'Invalid totp')
      completed()
      const data = { jwtToken: nested(), refreshToken: inner.mint(), feedToken: inner.mint() }
      return json(200, { status: true, message: 'SUCCESS', errorcode: '', data })
    }

    const ofOurApp = (handler: Handler): Handler =>
      withHeaders(
        HEADERS,
        (name) => refused('AG8004', `Missing ${name}`, 400),
        (request) =>
          headerOf(request, 'x-privatekey') === credentials.api_key
            ? handler(request)
            : refused('AG8004', 'Invalid API Key'),
      )
    const signedIn = (handler: Handler): Handler =>
      ofOurApp((request) => (isLive(bearerOf(request)) ? handler(request) : tokenRefused()))

    const profile = (): Reply => {
      const data = { clientcode: credentials.client_code, name: 'PRACTICE TRADER', email: '', mobileno: '' }
      return json(200, { status: true, message: 'SUCCESS', errorcode: '', data })
    }
    function logout(request: PracticeRequest): Reply {
      inner.revoke(innerOf(bearerOf(request)))
      return json(200, { status: true, message: 'SUCCESS', errorcode: '', data: '' })
    }

    const refuse = (status: number, message: string): Reply => refused('AB1000', message, status)
    return {
      routes: {
        api: {
          [`POST ${LOGIN}`]: ofOurApp(withJson(['clientcode', 'password', 'totp'], refuse, login)),
          [`GET ${PROFILE}`]: signedIn(profile),
          [`POST ${LOGOUT}`]: signedIn(logout),
        },
      },
      accepts: ({ access_token = '', api_key }) => isLive(access_token) && api_key === credentials.api_key,
      endSessions: () => inner.revokeAll(),
    }
  },
})
