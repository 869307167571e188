import { AccessTokens } from './access-tokens.ts'
import { Account } from './account.ts'
import { lastIst } from './ist.ts'
import { apiRoutes } from './kite-connect/api-routes.ts'
import { connectRoutes } from './kite-connect/connect-routes.ts'
import { MADE_UP_CREDENTIALS, type KiteCredentials } from './kite-connect/credentials.ts'
import { refuse } from './kite-connect/envelope.ts'
import { loginRoutes } from './kite-connect/login-routes.ts'
import type { KiteState, TwofaType } from './kite-connect/state.ts'
import { WebSessions } from './kite-connect/web-sessions.ts'
import { completeModel } from './broker-model.ts'
import { OneTimeTokens } from './one-time-tokens.ts'
import { listen, type LoopbackOptions } from './listen.ts'
import type { ModelOptions, PracticeBroker, PracticeControls, BrokerModel } from './practice-broker.ts'
import { randomEncToken } from './random-id.ts'

type Endpoint = 'web' | 'api'

/** Configures the practice Kite Connect; every option has a default. */
export interface KiteConnectOptions extends ModelOptions<KiteCredentials>, LoopbackOptions<Endpoint> {
  /** The app's registered redirect URL; by default an address without a server. */
  readonly redirectUrl?: string
  /** Redirects between /connect/finish and the registered URL. */
  readonly redirectHops?: number
  /** True if those redirects name the host kite.trade, an alias of kite.zerodha.com. */
  readonly hopsByAlias?: boolean
  /** The “Zerodha Client ID” of the app, if it differs from the person's user ID. */
  readonly clientId?: string
  /** True if Kite forgets the app during a login and redirects to its own page. */
  readonly forgetsApp?: boolean
  /** The error message of the exchange, because the app's subscription has lapsed. */
  readonly lapsed?: string
  /** False if the exchange does not name the token's user. */
  readonly namesUser?: boolean
  /** A mobile number that is accepted in place of the user ID. */
  readonly mobile?: string
  /** False for a person who has not yet allowed the app to use the account. */
  readonly authorised?: boolean
  /** The account's second factors, the preferred one first. */
  readonly twofaTypes?: readonly [TwofaType, ...TwofaType[]]
}

export interface KiteConnectModel extends BrokerModel<Endpoint> {
  readonly credentials: KiteCredentials
  readonly redirectUrl: string
}

/** A practice Kite Connect: `web` plays kite.zerodha.com, `api` plays api.kite.trade. */
export interface KiteConnectPractice extends KiteConnectModel, PracticeBroker, PracticeControls {
  readonly credentials: KiteCredentials
  readonly endpoints: Readonly<Record<Endpoint, string>>
}

/** Starts a practice Kite Connect on two loopback ports. */
export function startKiteConnect(options: KiteConnectOptions = {}): Promise<KiteConnectPractice> {
  return listen(kiteConnectModel(options), ['web', 'api'], options)
}

/** Returns Kite Connect without sockets. */
export function kiteConnectModel(options: KiteConnectOptions = {}): KiteConnectModel {
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
    // Kite's own pages are not part of this practice broker, so this token opens nothing.
    newEncToken: randomEncToken,
    requestTokens: new OneTimeTokens(now),
    // "expires at 6 AM on the next day": https://kite.trade/docs/connect/v3/user/#response-attributes
    accessTokens: new AccessTokens([api_key, api_secret, user_id], now, (at) => lastIst(6, at)),
    redirectUrl: options.redirectUrl ?? 'http://127.0.0.1:9/registered-redirect',
    redirectHops: options.redirectHops ?? 0,
    hopsByAlias: options.hopsByAlias ?? false,
    clientId: options.clientId ?? user_id,
    forgetsApp: options.forgetsApp ?? false,
    lapsed: options.lapsed,
    namesUser: options.namesUser ?? true,
    mobile: options.mobile,
    authorised: options.authorised ?? true,
    loginsCompleted: 0,
  }

  function endSessions(): void {
    kite.sessions.clear()
    kite.requestTokens.clear()
    kite.accessTokens.revokeAll()
  }

  return completeModel(kite, endSessions, {
    brokerId: 'kite-connect',
    redirectUrl: kite.redirectUrl,
    routes: { web: { ...loginRoutes(kite), ...connectRoutes(kite) }, api: apiRoutes(kite) },
    refuse,
    codesSeen: account.codesSeen,
    code: () => account.code(),
    useUpCode: () => {
      account.useUpCode()
    },
    accepts: ({ access_token = '' }) => kite.accessTokens.isLive(access_token),
  })
}
