import { AccessTokens } from './access-tokens.ts'
import { Account } from './account.ts'
import { apiRoutes } from './kite-connect/api-routes.ts'
import { connectRoutes } from './kite-connect/connect-routes.ts'
import { MADE_UP_CREDENTIALS, type KiteCredentials } from './kite-connect/credentials.ts'
import { refuse } from './kite-connect/envelope.ts'
import { lastSixInIndia } from './ist.ts'
import { loginRoutes } from './kite-connect/login-routes.ts'
import { RequestTokens } from './kite-connect/request-tokens.ts'
import type { KiteState, TwofaType } from './kite-connect/state.ts'
import { WebSessions } from './kite-connect/web-sessions.ts'
import { onLoopback } from './on-loopback.ts'
import type { PracticeBroker, PracticeControls, PracticeMind } from './practice-broker.ts'

type Endpoint = 'web' | 'api'

/** How the practice Kite Connect is to behave; everything has a default. */
export interface KiteConnectOptions {
  /** Wanted ports; one that is taken is replaced by a free one. */
  readonly ports?: Partial<Record<Endpoint, number>>
  /** Replacements for the made-up credentials. */
  readonly credentials?: Partial<KiteCredentials>
  /** The broker's clock, in epoch milliseconds. */
  readonly now?: () => number
  /** How far the `Date` header runs ahead of that clock, in milliseconds; negative for behind. */
  readonly dateHeaderOffsetMs?: number
  /** The app's registered redirect URL; when not said, one where nobody listens. */
  readonly redirectUrl?: string
  /** Redirects between /connect/finish and the registered URL. */
  readonly redirectHops?: number
  /** False for a person who has yet to allow the app to use the account. */
  readonly authorised?: boolean
  /** The account's second factors, the preferred one first. */
  readonly twofaTypes?: readonly [TwofaType, ...TwofaType[]]
}

export interface KiteConnectMind extends PracticeMind<Endpoint> {
  readonly credentials: KiteCredentials
  readonly redirectUrl: string
}

/** A practice Kite Connect: `web` plays kite.zerodha.com, `api` plays api.kite.trade. */
export interface KiteConnectPractice extends KiteConnectMind, PracticeBroker, PracticeControls {
  readonly credentials: KiteCredentials
  readonly endpoints: Readonly<Record<Endpoint, string>>
}

/** Starts a practice Kite Connect on two loopback ports. */
export function startKiteConnect(options: KiteConnectOptions = {}): Promise<KiteConnectPractice> {
  return onLoopback(kiteConnectMind(options), ['web', 'api'], { now: Date.now, ...options })
}

/** Kite Connect without sockets. */
export function kiteConnectMind(options: KiteConnectOptions = {}): KiteConnectMind {
  const { now = Date.now, twofaTypes = ['totp'] } = options
  const credentials = { ...MADE_UP_CREDENTIALS, ...options.credentials }
  const { api_key, api_secret, user_id } = credentials
  const account = new Account(credentials, now)
  const kite: KiteState = {
    credentials,
    account,
    twofaTypes,
    now,
    sessions: new WebSessions(),
    requestTokens: new RequestTokens(now),
    // "expires at 6 AM on the next day": https://kite.trade/docs/connect/v3/user/#response-attributes
    accessTokens: new AccessTokens([api_key, api_secret, user_id], now, lastSixInIndia),
    redirectUrl: options.redirectUrl ?? 'http://127.0.0.1:9/registered-redirect',
    redirectHops: options.redirectHops ?? 0,
    authorised: options.authorised ?? true,
    loginsCompleted: 0,
  }

  function endSessions(): void {
    kite.sessions.clear()
    kite.requestTokens.clear()
    kite.accessTokens.revokeAll()
  }

  return {
    brokerId: 'kite-connect',
    credentials,
    redirectUrl: kite.redirectUrl,
    routes: { web: { ...loginRoutes(kite), ...connectRoutes(kite) }, api: apiRoutes(kite) },
    refuse,
    codesSeen: account.codesSeen,
    get wrongPasswords() {
      return account.wrongPasswords
    },
    get wrongCodes() {
      return account.wrongCodes
    },
    get loginsCompleted() {
      return kite.loginsCompleted
    },
    code: () => account.code(),
    accepts: ({ access_token }) => access_token !== undefined && kite.accessTokens.isLive(access_token),
    change: (changed) => {
      Object.assign(credentials, changed)
    },
    endSessions,
    unblock: () => {
      account.unblock()
      endSessions()
    },
  }
}
