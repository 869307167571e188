import { createHash } from 'node:crypto'
import { AccessTokens } from './access-tokens.ts'
import { json, type Handler, type Reply } from './exchange.ts'
import { lastIst } from './ist.ts'
import { withJson, type JsonFields, type JsonHandler } from './json-fields.ts'
import { definePractice } from './kit/define.ts'
import { LoginsLimit } from './kit/logins-limit.ts'

/** The code in the body need not be the HTTP status. */
const failed = (name: string, field: string, message: string, status = 400, code = '401'): Reply =>
  json(status, { status: 'failed', code, name, error: { field, message } })

const missing = (_status: number, message: string): Reply => failed('MISSING_FIELD', '', message, 400, '400')
const wrongKey = (): Reply => failed('INVALID_JKEY', 'jKey', 'jKey parameter is invalid')
const blocked = (): Reply =>
  failed('FORBIDDEN', 'userId', 'User is blocked after invalid attempts.', 403, '403')
const tooFast = (): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/plain' },
  body: 'Rate limit exceeded',
})

/** In lower-case hexadecimal, the only spelling that Firstock takes. */
const hashOf = (password: string): string => createHash('sha256').update(password).digest('hex')

/** A practice Firstock, by https://firstock.in/api/docs/login/ and its page of errors. */
export const firstock = definePractice({
  id: 'firstock',
  credentials: {
    user_id: 'PR1234',
    password: 'practice-firstock-word',
    totp_secret: 'FIRSTOCKPRACTICEFIRSTOCKPRACTICE',
    vendor_code: 'PR1234_API',
    api_key: '7072616374696365206f6e6c79212121',
  },
  endpoints: ['api'],
  refuse: (status, message) => failed('ERROR', '', message, status, String(status)),
  answer: /PR1234/,
  simulation: {
    password: 'password',
    // Nobody says which of the two entries Firstock judges first.
    secondCode: false,
    entries: {
      'POST /login': [
        { entry: 'password', field: 'password' },
        { entry: 'code', field: 'TOTP' },
      ],
    },
    loginRoutes: {
      needed: ['POST /login'],
      probe: 'POST /userDetails',
      elsewhere: [failed('FORBIDDEN', 'userId', 'Access from this IP address is not allowed', 403, '403')],
    },
    notJudged: ({ body }) => body.startsWith('Rate limit'),
  },
  open: ({ credentials, account, now, completed }) => {
    const keys = new AccessTokens([credentials.user_id], now, (at) => lastIst(0, at))
    const perSecond = new LoginsLimit(10, 1_000, now)

    function login({
      userId = '',
      password = '',
      TOTP = '',
      vendorCode = '',
      apiKey = '',
    }: JsonFields): Reply {
      if (vendorCode !== credentials.vendor_code)
        return failed('INVALID_CREDENTIALS', 'vendorCode', 'vendorCode is invalid')
      if (apiKey !== credentials.api_key) return failed('INVALID_CREDENTIALS', 'apiKey', 'apiKey is invalid')
      if (userId !== credentials.user_id) return failed('INVALID_USERID', 'userId', 'userId is invalid')
      const word = account.enterPassword(password === hashOf(credentials.password))
      if (word === 'wrong') return failed('INVALID_PASSWORD', 'password', 'Invalid password')
      const code = word === 'right' ? account.enterCode(TOTP) : 'blocked'
      if (code === 'blocked') return blocked()
      if (code === 'wrong') return failed('INVALID_CREDENTIALS', 'TOTP', 'Invalid TOTP')
      completed()
      const data = { actid: userId, userName: 'PRACTICE', susertoken: keys.mint(), email: 'a@example.com' }
      return json(200, { status: 'success', message: 'Login successful', data })
    }

    const slowly = (handler: Handler): Handler => {
      return (request) => (perSecond.admits() ? handler(request) : tooFast())
    }
    /** Takes the key in the body alone. */
    const signedIn = (handler: JsonHandler): Handler =>
      withJson(['userId', 'jKey'], missing, (body, request) => {
        if (body['userId'] !== credentials.user_id)
          return failed('INVALID_USERID', 'userId', 'userId is invalid')
        return keys.isLive(body['jKey'] ?? '') ? handler(body, request) : wrongKey()
      })

    const details = (): Reply => {
      const lists = { exchange: ['NSE', 'BSE'], orarr: ['MKT', 'LMT'], uprev: 'INVESTOR' }
      const data = { actid: credentials.user_id, ...lists, email: 'a@example.com', userName: 'PRACTICE' }
      return json(200, { status: 'success', data })
    }
    function logout({ jKey = '' }: JsonFields): Reply {
      keys.revoke(jKey)
      return json(200, { status: 'success', message: 'Successfully logged out' })
    }

    const fields = ['userId', 'password', 'TOTP', 'vendorCode', 'apiKey']
    return {
      routes: {
        api: {
          'POST /login': slowly(withJson(fields, missing, login)),
          'POST /userDetails': signedIn(details),
          'POST /logout': signedIn(logout),
        },
      },
      accepts: ({ jkey = '', user_id }) => keys.isLive(jkey) && user_id === credentials.user_id,
      endSessions: () => {
        keys.revokeAll()
      },
    }
  },
})
