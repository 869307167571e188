import { z } from 'zod'
import { headerOf, json, jsonOf, type Handler, type PracticeRequest, type Reply } from './exchange.ts'
import { DAY_MS, lastIst } from './ist.ts'
import type { JsonFields } from './json-fields.ts'
import { definePractice } from './kit/define.ts'
import { JwtTokens } from './kit/jwt-tokens.ts'

const REQUEST_TOKEN_MS = 30_000
const MINUTE_MS = 60_000
const WRONG_LOGIN = 'Invalid login/password, use Forget password'

/** Texts only: a PIN as a number would lose its leading zero. */
const Texts = z.record(z.string(), z.string())
const Request = z.object({ head: Texts, body: Texts })

/** Most refusals come under HTTP 200. */
const refused = (Status: number, Message: string, fields: object = {}, status = 200): Reply =>
  json(status, { head: { Status: 0, StatusDescription: null }, body: { ...fields, Message, Status } })

/** The other envelope: what is wrong with the request itself, with no body. */
const headRefused = (status: number, statusDescription: string): Reply =>
  json(200, { head: { responseCode: '5P', status: String(status), statusDescription }, body: null })

const noRequestToken = { ClientCode: null, RequestToken: '', RedirectURL: null, Userkey: null }
const noAccessToken = { ClientCode: '', AccessToken: '' }

/** A practice 5paisa, by the documents at https://xstream.5paisa.com/dev-docs and the client py5paisa. */
export const fivePaisa = definePractice({
  id: '5paisa',
  credentials: {
    user_key: 'PrAcTiCePrAcTiCePrAcTiCePrAcTiCe',
    encryption_key: 'eNcRyPtEdPrAcTiCeKeY',
    user_id: 'aPiUsErOfPrAcTiCe',
    client_code: '50123456',
    pin: '042935',
    totp_secret: 'FIVEPAISAPRACTICEFIVEPAISAPRACTI',
  },
  endpoints: ['api'],
  refuse: (status, message) => refused(1, message, {}, status),
  answer: /50123456/,
  simulation: {
    password: 'pin',
    // It is not known which entry is looked at first.
    secondCode: false,
    entries: {
      'POST /TOTPLogin': [
        { entry: 'password', field: 'PIN' },
        { entry: 'code', field: 'TOTP' },
      ],
    },
    loginRoutes: {
      needed: ['POST /TOTPLogin', 'POST /GetAccessToken'],
      probe: 'POST /V4/Margin',
      elsewhere: [],
    },
  },
  open: ({ credentials, account, now, quirks, completed }) => {
    const customer = [credentials.client_code]
    const requestTokens = new JwtTokens(['request', ...customer], now, (at) => at + REQUEST_TOKEN_MS)
    const tokens = new JwtTokens(customer, now, (at) => lastIst(0, at) + DAY_MS - MINUTE_MS)

    /** Returns a handler for a request with this spelling of the key's name, and none but these texts. */
    const asked =
      (key: 'Key' | 'key', fields: readonly string[], handler: (body: JsonFields) => Reply): Handler =>
      (request: PracticeRequest) => {
        const { head, body } = Request.safeParse(jsonOf(request)).data ?? {}
        if (head === undefined || body === undefined) return headRefused(1, 'Invalid input parameters.')
        if (head[key] !== credentials.user_key) return headRefused(2, 'Invalid head parameters.')
        const isWhole = fields.every((field) => body[field] !== undefined && body[field] !== '')
        return isWhole ? handler(body) : headRefused(1, 'Invalid input parameters.')
      }

    function login({ Email_ID = '', TOTP = '', PIN = '' }: JsonFields): Reply {
      const wrong = (words: string): Reply => refused(1, words, noRequestToken)
      if (Email_ID !== credentials.client_code) return wrong(WRONG_LOGIN)
      const pin = account.enterPassword(PIN === credentials.pin)
      if (pin === 'wrong') return wrong(WRONG_LOGIN)
      const code = pin === 'right' ? account.enterCode(TOTP) : 'blocked'
      if (code === 'blocked') return refused(2, 'Your account is locked', noRequestToken)
      if (code === 'wrong') return wrong('Invalid TOTP')
      const body = {
        ...{ ClientCode: credentials.client_code, RequestToken: requestTokens.mint(), RedirectURL: '' },
        ...{ Message: 'Success', Status: 0, Userkey: credentials.user_key },
      }
      return json(200, { head: { Status: 0, StatusDescription: null }, body })
    }

    function exchange({ RequestToken = '', EncryKey, UserId }: JsonFields): Reply {
      const isGood = requestTokens.isLive(RequestToken)
      requestTokens.revoke(RequestToken)
      if (requestTokens.claimsOf(RequestToken) === null) {
        return refused(-1, 'Server Unable to process your request', noAccessToken)
      }
      const isOurs = EncryKey === credentials.encryption_key && UserId === credentials.user_id
      // One sentence for both, and a status that calls neither wrong.
      if (!isGood || !isOurs) return refused(0, 'Token Expired.', noAccessToken)
      completed()
      const client = { ClientCode: credentials.client_code, ClientName: 'PRACTICE TRADER' }
      const body = { ...client, AccessToken: tokens.mint(), Message: 'Success', Status: 0 }
      return json(200, { head: { Status: 0, StatusDescription: null }, body })
    }

    function margin({ ClientCode }: JsonFields): Reply {
      const noMargin = { ClientCode: null, EquityMargin: [], MFMargin: [] }
      if (ClientCode !== credentials.client_code) return refused(2, 'Invalid ClientCode', noMargin)
      const ours = { ...noMargin, ClientCode }
      if (quirks.has('no-money')) return refused(1, 'No record found', ours)
      return refused(0, '', { ...ours, EquityMargin: [{ Ledgerbalance: 27787.39 }] })
    }

    const signedIn =
      (handler: Handler): Handler =>
      (request) => {
        const token = /^bearer (\S+)$/i.exec(headerOf(request, 'authorization'))?.[1] ?? ''
        return tokens.isLive(token) ? handler(request) : refused(9, 'Invalid Session', { EquityMargin: [] })
      }

    return {
      routes: {
        api: {
          'POST /TOTPLogin': asked('Key', ['Email_ID', 'TOTP', 'PIN'], login),
          'POST /GetAccessToken': asked('Key', ['RequestToken', 'EncryKey', 'UserId'], exchange),
          'POST /V4/Margin': signedIn(asked('key', ['ClientCode'], margin)),
        },
      },
      accepts: ({ access_token = '', client_code, user_key }) =>
        tokens.isLive(access_token) &&
        client_code === credentials.client_code &&
        user_key === credentials.user_key,
      endSessions: () => tokens.revokeAll(),
    }
  },
})
