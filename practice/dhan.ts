import { headerOf, json, type Handler, type PracticeRequest, type Reply } from './exchange.ts'
import { DAY_MS, indianTime } from './ist.ts'
import { definePractice } from './kit/define.ts'
import { JwtTokens } from './kit/jwt-tokens.ts'
import { LoginsLimit } from './kit/logins-limit.ts'

/** What Dhan's login host answers to a refused mint, under HTTP 200. */
const refusedMint = (message: string, status = 200): Reply => json(status, { status: 'error', message })

/** What Dhan's API answers. */
const refused = (status: number, errorType: string, errorCode: string, errorMessage: string): Reply =>
  json(status, { errorType, errorCode, errorMessage })

const tokenRefused = (): Reply =>
  refused(
    401,
    'Invalid_Authentication',
    'DH-901',
    'Client ID or user generated access token is invalid or expired.',
  )

const TOO_SOON = 'Token can be generated once every 2 minutes.'
const MINT = '/app/generateAccessToken'
const TWO_MINUTES_MS = 120_000

/** A practice Dhan, by https://dhanhq.co/docs/v2/authentication, its Python client and what programs have met. */
export const dhan = definePractice({
  id: 'dhan',
  credentials: { client_id: '1000000001', pin: '739164', totp_secret: 'DHANPRACTICEDHANPRACTICEDHANPRAC' },
  endpoints: ['auth', 'api'],
  refuse: (status, message) => refusedMint(message, status),
  answer: /1000000001/,
  simulation: {
    password: 'pin',
    // A second mint within two minutes is refused.
    secondCode: false,
    entries: {
      [`POST ${MINT}`]: [
        { entry: 'password', field: 'pin' },
        { entry: 'code', field: 'totp' },
      ],
    },
    loginRoutes: {
      needed: [`POST ${MINT}`],
      probe: 'GET /v2/profile',
      // Only orders are bound to an address.
      elsewhere: [],
    },
    renewal: 'GET /v2/RenewToken',
    notJudged: ({ body }) => body.includes(TOO_SOON),
    limits: [{ logins: 1, withinMs: TWO_MINUTES_MS }],
  },
  open: ({ credentials, account, now, quirks, completed }) => {
    const tokens = new JwtTokens([credentials.client_id], now, (madeAt) => madeAt + DAY_MS)
    const mints = new LoginsLimit(1, TWO_MINUTES_MS, now)
    /** Whether the next call is refused, because the token is not known everywhere yet. */
    let isUnsettled = false

    /** Makes a token, which ends all before it. */
    function issue(): Readonly<Record<string, unknown>> {
      tokens.revokeAll()
      isUnsettled = quirks.has('slow-token')
      const claims = { iss: 'dhan', tokenConsumerType: 'SELF', dhanClientId: credentials.client_id }
      const expiryTime = indianTime(now() + DAY_MS).replace(' ', 'T')
      return {
        dhanClientId: credentials.client_id,
        dhanClientName: 'PRACTICE TRADER',
        dhanClientUcc: 'PRTR1234T',
        givenPowerOfAttorney: false,
        accessToken: tokens.mint(claims),
        ...(!quirks.has('no-expiry') && { expiryTime }),
      }
    }

    function mint({ url, body }: PracticeRequest): Reply {
      const [clientId = '', pin = '', totp = ''] = ['dhanClientId', 'pin', 'totp'].map(
        (name) => url.searchParams.get(name) ?? '',
      )
      if (body !== '' || clientId === '' || pin === '' || totp === '')
        return refusedMint('Missing required query parameters', 400)
      // A refused try starts the two minutes anew, too.
      if (!mints.admits()) return refusedMint(TOO_SOON)
      if (clientId !== credentials.client_id) return refusedMint('Invalid Client ID')
      const pinVerdict = account.enterPassword(pin === credentials.pin)
      if (pinVerdict === 'wrong') return refusedMint('Invalid Pin')
      const code = pinVerdict === 'right' ? account.enterCode(totp) : 'blocked'
      if (code === 'blocked') return refusedMint('Your account is blocked')
      if (code === 'wrong') return refusedMint('Invalid TOTP')
      completed()
      return json(200, issue())
    }

    const signedIn =
      (handler: Handler): Handler =>
      (request) => {
        if (isUnsettled) {
          isUnsettled = false
          return tokenRefused()
        }
        const isOurs = [credentials.client_id, ''].includes(headerOf(request, 'dhanclientid'))
        return isOurs && tokens.isLive(headerOf(request, 'access-token')) ? handler(request) : tokenRefused()
      }

    const profile = (): Reply =>
      json(200, {
        dhanClientId: credentials.client_id,
        tokenValidity: '22/11/2026 08:15',
        activeSegment: 'Equity, Derivative, Currency, Commodity',
        ddpi: 'Active',
        mtf: 'Active',
        dataPlan: 'Active',
        dataValidity: '2026-12-05 09:37:52.0',
      })
    function renew(request: PracticeRequest): Reply {
      if (headerOf(request, 'dhanclientid') === '') return missingFields()
      // A new token in place of a login.
      completed()
      return json(200, issue())
    }
    const missingFields = (): Reply =>
      refused(400, 'Input_Exception', 'DH-905', 'Missing required fields, bad values for parameters etc.')

    return {
      routes: {
        auth: { [`POST ${MINT}`]: mint },
        api: {
          'GET /v2/profile': signedIn(profile),
          'GET /v2/RenewToken': signedIn(renew),
          'POST /v2/RenewToken': missingFields,
        },
      },
      accepts: ({ access_token = '', client_id }) =>
        tokens.isLive(access_token) && client_id === credentials.client_id,
      endSessions: () => tokens.revokeAll(),
    }
  },
})
