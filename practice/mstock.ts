import { randomUUID } from 'node:crypto'
import { headerOf, json, type Handler, type PracticeRequest, type Reply } from './exchange.ts'
import { DAY_MS, lastIst } from './ist.ts'
import { withJson, type JsonFields } from './json-fields.ts'
import { definePractice } from './kit/define.ts'
import { JwtTokens } from './kit/jwt-tokens.ts'
import { bearerOf } from './kit/routes.ts'
import { OneTimeTokens } from './one-time-tokens.ts'

const LOGIN = '/openapi/typeb/connect/login'
const VERIFY = '/openapi/typeb/session/verifytotp'
const FUNDS = '/openapi/typeb/user/fundsummary'
const LOGOUT = '/openapi/typeb/logout'

/** The flag is a text in the first step, and in most refusals. */
const refused = (status: number, errorcode: string, message: string): Reply =>
  json(status, { status: 'false', message, errorcode, data: null })
const notProvided = (): Reply => refused(400, '400', 'Please provide valid clientcode and password.')
const blocked = (): Reply => refused(200, 'MA500', 'Your account is blocked due to invalid attempts.')
const notSignedIn = (): Reply =>
  json(401, {
    status: false,
    message: 'Invalid request. Please try again.',
    errorcode: 'IA401',
    data: null,
  })

/** The other envelope, with `error_type` or no code at all. */
const failed = (status: number, message: string, error_type?: string): Reply =>
  json(status, { status: 'error', message, ...(error_type !== undefined && { error_type }), data: null })
const suspended = (): Reply =>
  failed(403, 'API is suspended/expired for use. Please check your API subscription and try again.')

/** A practice mStock, by https://tradingapi.mstock.com/docs/v1/typeB/User/ */
export const mstock = definePractice({
  id: 'mstock',
  credentials: {
    api_key: 'practice-mstock-key@B',
    client_code: 'MA1234567',
    password: 'practice-mstock-word',
    totp_secret: 'MSTOCKPRACTICEMSTOCKPRACTICEMSTO',
  },
  endpoints: ['api'],
  refuse: (status, message) => refused(status, '', message),
  answer: /AVAILABLE_BALANCE/,
  // "9 attempts remaining" after the first.
  attempts: 10,
  simulation: {
    password: 'password',
    entries: {
      [`POST ${LOGIN}`]: [{ entry: 'password', field: 'password' }],
      [`POST ${VERIFY}`]: [{ entry: 'code', field: 'totp' }],
    },
    loginRoutes: {
      needed: [`POST ${LOGIN}`, `POST ${VERIFY}`],
      probe: `GET ${FUNDS}`,
      elsewhere: [failed(403, 'Primary and Secondary IP Address are not matching')],
    },
  },
  open: ({ credentials, account, now, quirks, completed }) => {
    const nextMidnight = (at: number): number => lastIst(0, at) + DAY_MS
    const sessions = new JwtTokens([credentials.client_code], now, nextMidnight)
    const begun = new OneTimeTokens(now, randomUUID)

    /** As long as the real ones. */
    const mint = (): string => sessions.mint({ USERNAME: 'PRACTICE', APITYPE: 'typeb', pad: 'x'.repeat(700) })

    const ofVersion = (refuse: () => Reply, handler: Handler): Handler => {
      return (request) => (headerOf(request, 'x-mirae-version') === '1' ? handler(request) : refuse())
    }
    const signedIn = (handler: Handler): Handler =>
      ofVersion(notSignedIn, (request) => {
        if (headerOf(request, 'x-privatekey') !== credentials.api_key) return notSignedIn()
        return sessions.isLive(bearerOf(request)) ? handler(request) : notSignedIn()
      })

    function login({ clientcode = '', password = '', totp, state }: JsonFields): Reply {
      if (totp === undefined || state === undefined) return notProvided()
      const verdict =
        clientcode === credentials.client_code
          ? account.enterPassword(password === credentials.password)
          : 'wrong'
      if (verdict === 'blocked') return blocked()
      if (verdict === 'wrong') {
        const left = `${account.attemptsLeft} attempts remaining `
        return refused(200, 'MA500', `Invalid username or password. ${left}`)
      }
      // With a code in this step, it hands out a token that neither the second step nor any call takes.
      const token = totp === '' ? begun.issue() : sessions.sign({ USERNAME: 'PRACTICE' })
      const tokens = quirks.has('refresh-token')
        ? { jwtToken: randomUUID(), refreshToken: token }
        : { jwtToken: token, refreshToken: '' }
      const data = { ...tokens, feedToken: '', state: 'live' }
      const message = 'Please enter the OTP that we sent on XXXXXXX452 and XXXX00@EXAMPLE.COM'
      return json(200, { status: 'true', message, errorcode: '', data })
    }

    function verify({ refreshToken = '', totp = '' }: JsonFields, request: PracticeRequest): Reply {
      const apiKey = headerOf(request, 'x-privatekey')
      if (apiKey === '' || !begun.isGood(refreshToken)) return notSignedIn()
      if (apiKey !== credentials.api_key) return suspended()
      const code = account.enterCode(totp)
      if (code === 'blocked') return blocked()
      if (code === 'wrong') return failed(400, 'Please enter correct TOTP', 'MA400')
      begun.spend(refreshToken)
      completed()
      const ours = { ClientName: 'PRACTICE TRADER', ClientId: credentials.client_code, exchanges: ['NSE'] }
      const data = { ...ours, jwtToken: mint(), refreshToken: mint(), feedToken: mint() }
      return json(200, { status: true, message: 'SUCCESS', errorcode: '', data })
    }

    const funds = (): Reply => {
      const data = [{ AVAILABLE_BALANCE: '100000.00', LIMIT_TYPE: 'CAPITAL', SEG: 'A' }]
      return json(200, { status: true, message: 'SUCCESS', errorcode: '', data })
    }
    function logout(request: PracticeRequest): Reply {
      sessions.revoke(bearerOf(request))
      return json(200, { status: true, message: 'Success', errorcode: null, data: null })
    }

    return {
      routes: {
        api: {
          [`POST ${LOGIN}`]: ofVersion(notProvided, withJson(['clientcode', 'password'], notProvided, login)),
          [`POST ${VERIFY}`]: ofVersion(notSignedIn, withJson(['refreshToken', 'totp'], notSignedIn, verify)),
          [`GET ${FUNDS}`]: signedIn(funds),
          [`GET ${LOGOUT}`]: signedIn(logout),
        },
      },
      accepts: ({ jwt_token = '', api_key }) => sessions.isLive(jwt_token) && api_key === credentials.api_key,
      endSessions: () => {
        begun.clear()
        sessions.revokeAll()
      },
    }
  },
})
