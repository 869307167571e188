import { AccessTokens } from './kite-connect/access-tokens.ts'
import { Account, type TwofaType } from './kite-connect/account.ts'
import { apiRoutes } from './kite-connect/api-routes.ts'
import { connectRoutes } from './kite-connect/connect-routes.ts'
import { MADE_UP_CREDENTIALS, type KiteCredentials } from './kite-connect/credentials.ts'
import { refuse } from './kite-connect/envelope.ts'
import { loginRoutes } from './kite-connect/login-routes.ts'
import { RequestTokens } from './kite-connect/request-tokens.ts'
import type { KiteState } from './kite-connect/state.ts'
import { WebSessions } from './kite-connect/web-sessions.ts'
import type { PracticeBroker, PracticeControls } from './practice-broker.ts'
import { PracticeServer } from './practice-server.ts'

/** How the practice Kite Connect is to behave; everything has a default. */
export interface KiteConnectOptions {
  /** Wanted ports; one that is taken is replaced by a free one. */
  readonly ports?: { readonly web?: number; readonly api?: number }
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

/** A practice Kite Connect: `web` plays kite.zerodha.com, `api` plays api.kite.trade. */
export interface KiteConnectPractice extends PracticeBroker, PracticeControls {
  readonly endpoints: { readonly web: string; readonly api: string }
  readonly credentials: KiteCredentials
  readonly redirectUrl: string
  /** Wrong passwords of the known user, while not blocked. */
  readonly wrongPasswords: number
  /** Wrong and repeated codes, while not blocked. */
  readonly wrongCodes: number
  /** Time steps (RFC 6238) of the right codes that came in, refused repetitions included. */
  readonly codesSeen: readonly number[]
  /** Access tokens handed out. */
  readonly loginsCompleted: number
  /** The code the person's authenticator or phone shows right now. */
  code(): string
  /** Signs the person out everywhere: web sessions, request tokens and access tokens end. */
  masterLogout(): void
  /** Resets the count of wrong entries; as with a password reset, every session ends. */
  unblock(): void
}

/** Starts a practice Kite Connect on two loopback ports. */
export async function startKiteConnect(options: KiteConnectOptions = {}): Promise<KiteConnectPractice> {
  const { now = Date.now, ports = {}, dateHeaderOffsetMs = 0, twofaTypes = ['totp'] } = options
  const credentials = { ...MADE_UP_CREDENTIALS, ...options.credentials }
  const account = new Account(credentials, twofaTypes, now)
  const kite: KiteState = {
    credentials,
    account,
    now,
    sessions: new WebSessions(),
    requestTokens: new RequestTokens(now),
    accessTokens: new AccessTokens(credentials, now),
    redirectUrl: options.redirectUrl ?? 'http://127.0.0.1:9/registered-redirect',
    redirectHops: options.redirectHops ?? 0,
    authorised: options.authorised ?? true,
    loginsCompleted: 0,
  }
  const server = new PracticeServer({ now, dateHeaderOffsetMs, refuse })
  const web = await server.listen('web', { ...loginRoutes(kite), ...connectRoutes(kite) }, ports.web)
  const api = await server.listen('api', apiRoutes(kite), ports.api)

  function masterLogout(): void {
    kite.sessions.clear()
    kite.requestTokens.clear()
    kite.accessTokens.revokeAll()
  }

  return {
    brokerId: 'kite-connect',
    endpoints: { web, api },
    credentials,
    redirectUrl: kite.redirectUrl,
    requests: server.requests,
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
    fault: (plan) => {
      server.fault(plan)
    },
    waitFor: (route, count) => server.waitFor(route, count),
    stop: () => server.stop(),
    masterLogout,
    unblock: () => {
      account.unblock()
      masterLogout()
    },
  }
}
