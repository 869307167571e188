import { createHash } from 'node:crypto'
import { headerOf, json, type PracticeRequest, type Reply } from './exchange.ts'
import { DAY_MS, indianTime, lastIst } from './ist.ts'
import { withJson, type JsonFields } from './json-fields.ts'
import { definePractice } from './kit/define.ts'
import { JwtTokens } from './kit/jwt-tokens.ts'
import { LoginsLimit } from './kit/logins-limit.ts'
import { bearerOf } from './kit/routes.ts'

/** What the token endpoint answers to a refused login. */
const refusedLogin = (status: number, displayMessage: string): Reply =>
  json(status, { error: { displayMessage } })

/** What every other call answers. */
const refused = (status: number, code: string, message: string): Reply =>
  json(status, { status: 'FAILURE', error: { code, message } })

const ACCESS = '/v1/token/api/access'
const DETAIL = '/v1/user/detail'
const LIMITS = [
  { logins: 30, withinMs: 60_000 },
  { logins: 150, withinMs: DAY_MS },
]
const FIVE_MINUTES_S = 300

/** A practice Groww, by https://groww.in/trade-api/docs, its Python client and what programs have met. */
export const groww = definePractice({
  id: 'groww',
  credentials: {
    api_key: 'eyJhbGciOiJFUzI1NiJ9.eyJrZXkiOiJwcmFjdGljZSJ9.cHJhY3RpY2VrZXk',
    totp_secret: 'GROWWPRACTICEGROWWPRACTICEGROWWP',
  },
  endpoints: ['api'],
  refuse: refusedLogin,
  answer: /912345/,
  simulation: {
    entries: { [`POST ${ACCESS}`]: [{ entry: 'code', field: 'totp' }] },
    loginRoutes: {
      needed: [`POST ${ACCESS}`],
      probe: `GET ${DETAIL}`,
      // Only orders are bound to an address.
      elsewhere: [],
    },
    notJudged: ({ status }) => status === 401,
    limits: LIMITS,
  },
  open: ({ credentials, account, now, quirks, completed }) => {
    const nextSix = (at: number): number => lastIst(6, at) + DAY_MS
    const tokens = new JwtTokens([credentials.api_key], now, nextSix)
    const limits = LIMITS.map(({ logins, withinMs }) => new LoginsLimit(logins, withinMs, now))

    function expiry(): string {
      if (quirks.has('past-expiry')) return new Date(now() - 1_000).toISOString()
      const end = nextSix(now())
      return quirks.has('no-zone') ? indianTime(end) : new Date(end).toISOString()
    }

    /** Tells what is wrong with a request of a key that is approved by a click, in place of a code. */
    function wrongApproval({ checksum = '', timestamp = '' }: JsonFields): string | null {
      const isRecent = Math.abs(now() / 1000 - Number(timestamp)) < FIVE_MINUTES_S
      if (!/^\d+$/.test(timestamp) || !isRecent) return 'Invalid timestamp'
      const right = createHash('sha256').update(`${credentials.totp_secret}${timestamp}`).digest('hex')
      return checksum === right ? null : 'Invalid checksum'
    }

    /** Judges all but the code. */
    function wrongRequest(fields: JsonFields): string | null {
      const wanted = quirks.has('approval-key') ? 'approval' : 'totp'
      if (fields['key_type'] !== wanted) return `key_type ${wanted} is needed for this API key`
      if (wanted === 'approval') return wrongApproval(fields)
      return fields['totp'] === undefined ? 'Missing or empty field totp' : null
    }

    function access(fields: JsonFields, request: PracticeRequest): Reply {
      if (bearerOf(request) !== credentials.api_key) return refusedLogin(401, 'Unauthorised')
      // Every limit counts every try.
      if (limits.map((limit) => limit.admits()).includes(false))
        return refusedLogin(429, 'Rate limit breached for token requests')
      const wrong = wrongRequest(fields)
      if (wrong !== null) return refusedLogin(400, wrong)
      const code = quirks.has('approval-key') ? 'right' : account.enterCode(fields['totp'] ?? '')
      if (code === 'blocked') return refusedLogin(403, 'This API key is blocked')
      if (code === 'wrong') return refusedLogin(400, 'Invalid TOTP')
      completed()
      const isActive = !quirks.has('not-approved')
      return json(200, {
        token: tokens.mint(),
        tokenRefId: 'practice-token-1',
        sessionName: 'practice',
        ...(!quirks.has('no-expiry') && { expiry: expiry() }),
        isActive,
      })
    }

    const isLive = (token: string): boolean => tokens.isLive(token) && !quirks.has('not-approved')
    function detail(request: PracticeRequest): Reply {
      if (!isLive(bearerOf(request)))
        return refused(401, 'GA005', 'User not authorised to perform this action')
      if (headerOf(request, 'x-api-version') !== '1.0')
        return refused(400, 'GA001', 'Bad request: x-api-version')
      const payload = {
        vendor_user_id: 'practice-trader',
        ucc: '912345',
        nse_enabled: true,
        bse_enabled: true,
      }
      return json(200, { status: 'SUCCESS', payload })
    }

    return {
      routes: {
        api: {
          [`POST ${ACCESS}`]: withJson(['key_type'], refusedLogin, access),
          [`GET ${DETAIL}`]: detail,
        },
      },
      accepts: ({ access_token = '' }) => isLive(access_token),
      endSessions: () => tokens.revokeAll(),
    }
  },
})
