import { headerOf, json, type Handler, type PracticeRequest, type Reply } from './exchange.ts'
import { DAY_MS, lastIst } from './ist.ts'
import { withJson, type JsonFields } from './json-fields.ts'
import { definePractice } from './kit/define.ts'
import { JwtTokens } from './kit/jwt-tokens.ts'

const refused = (status: number, statusMessage: string, errorCode?: string): Reply =>
  json(status, { status: 'Failure', statusMessage, errorCode })
const answered = (statusMessage: string, fields: object = {}): Reply =>
  json(200, {
    serverTime: '29/01/26 10:46:06',
    msgId: 'practice',
    status: 'Success',
    statusMessage,
    ...fields,
  })

/** Keys leave Samco encrypted, about 96 hexadecimal digits long, and a decrypted one is no key. */
const isEncrypted = (text: string): boolean => /^[0-9a-f]{64,}$/.test(text)
const ADDRESSES = { srcIp: '203.0.113.10', primaryIp: '203.0.113.10', secondaryIp: '' }

/**
 * A practice Samco, by https://docs-tradeapi.samco.in/session/generate-token. Its moods: `not-signed-in` (one login
 * is sent to the mobile app), `not-subscribed`, `inactive-app`, `another-address`.
 */
export const samco = definePractice({
  id: 'samco',
  credentials: {
    api_key:
      '5a3c0f7e9b1d2468ace013579bdf02468ace1357902468bdf13579ace02468bdf0a1b2c3d4e5f60718293a4b5c6d7e8f',
    api_secret:
      'c0ffee5eed1e55ab1e0ddba11ad0be5afe2dead5ea1f00dfacade0decade1adeb0a7cab5face0feed5cab0facefa11ed',
  },
  endpoints: ['api'],
  refuse: (status, message) => refused(status, message),
  answer: /PRIMARY IP/,
  simulation: {
    // A login has neither a password nor a code.
    entries: {},
    loginRoutes: {
      needed: ['POST /session/token'],
      probe: 'GET /ip/whoami',
      // Only orders are bound to an address.
      elsewhere: [],
    },
  },
  open: ({ credentials, account, now, quirks, completed }) => {
    const nextEight = (at: number): number => lastIst(8, at) + DAY_MS
    const tokens = new JwtTokens([credentials.api_key], now, nextEight)
    let isSignedIn = false

    function login({ apiKey = '', apiSecret = '' }: JsonFields): Reply {
      if (!isEncrypted(apiKey) || apiKey !== credentials.api_key)
        return refused(401, 'Invalid API key', 'EOAUTH001')
      if (quirks.has('inactive-app')) return refused(401, 'Invalid or inactive API key', 'EOAUTH001')
      if (!isEncrypted(apiSecret)) return refused(401, 'Invalid API secret format', 'EOAUTH008')
      if (apiSecret !== credentials.api_secret) return refused(401, 'Invalid API secret', 'EOAUTH008')
      if (quirks.has('not-subscribed'))
        return refused(403, 'User not subscribed. Please subscribe to access trade API')
      if (account.isBlocked) return refused(403, 'User account is blocked')
      if (quirks.has('not-signed-in') && !isSignedIn) {
        // The user does so before the next login.
        isSignedIn = true
        const words = 'Please open the SAMCO mobile app, sign in once, and then retry.'
        return refused(401, `Unable to start your trading session. ${words}`)
      }
      completed()
      const accountOf = { accountID: 'DV99999', accountName: 'PRACTICE TRADER' }
      const lists = { exchangeList: ['NSE', 'BSE'], orderTypeList: ['L', 'MKT'], productList: ['MIS', 'CNC'] }
      const session = { sessionToken: tokens.mint(), tokenId: '550e8400-e29b-41d4-a716-446655440000' }
      return answered('Session token generated successfully', {
        ...session,
        ...accountOf,
        ...lists,
        ...ADDRESSES,
      })
    }

    /** Looks at `x-session-token` alone: a token in `Authorization` is none. */
    const tokenOf = (request: PracticeRequest): string => headerOf(request, 'x-session-token')
    const signedIn =
      (handler: Handler): Handler =>
      (request) =>
        tokens.isLive(tokenOf(request))
          ? handler(request)
          : refused(401, 'Unauthorized - Invalid token. sessId missing.')

    const whoAmI = (): Reply =>
      quirks.has('another-address')
        ? answered('The calling IP is not registered.', {
            ...ADDRESSES,
            ...{ srcIp: '198.51.100.7', secondaryIp: null, matches: false, matchedAs: null },
          })
        : answered('Calling from registered PRIMARY IP (203.0.113.10).', {
            ...ADDRESSES,
            ...{ matches: true, matchedAs: 'PRIMARY' },
          })

    function logout(request: PracticeRequest): Reply {
      tokens.revoke(tokenOf(request))
      return answered('Request successful')
    }

    const refuseFields = (status: number): Reply => refused(status, 'apiKey and apiSecret are required')
    return {
      routes: {
        api: {
          'POST /session/token': withJson(['apiKey', 'apiSecret'], refuseFields, login),
          'GET /ip/whoami': signedIn(whoAmI),
          'DELETE /logout': signedIn(logout),
        },
      },
      accepts: ({ session_token = '' }) => tokens.isLive(session_token),
      endSessions: () => tokens.revokeAll(),
    }
  },
})
