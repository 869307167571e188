import type { AccessTokens } from '../access-tokens.ts'
import type { Account } from '../account.ts'
import type { OneTimeTokens } from '../one-time-tokens.ts'
import type { KiteCredentials } from './credentials.ts'
import type { WebSessions } from './web-sessions.ts'

/** Kinds of second factor. Here the same secret makes the codes of all of them. */
export type TwofaType = 'totp' | 'app_code' | 'sms'

/** Holds what the login page of kite.zerodha.com knows, for any kind of login. */
export interface LoginState {
  readonly credentials: Pick<KiteCredentials, 'user_id' | 'password'>
  readonly account: Account
  /** The account's second factors, the preferred one first. */
  readonly twofaTypes: readonly [TwofaType, ...TwofaType[]]
  readonly sessions: WebSessions
  /** A mobile number that is accepted in place of the user ID. */
  readonly mobile: string | undefined
  /** Returns a new token for a browser that signs in to Kite itself. */
  newEncToken(): string
}

/** Holds what the two endpoints share. */
export interface KiteState extends LoginState {
  readonly credentials: KiteCredentials
  readonly requestTokens: OneTimeTokens
  readonly accessTokens: AccessTokens
  /** The app's registered redirect URL. */
  readonly redirectUrl: string
  /** Redirects between /connect/finish and the registered URL. */
  readonly redirectHops: number
  /** Whether those redirects name the host kite.trade, an alias of kite.zerodha.com. */
  readonly hopsByAlias: boolean
  /** The “Zerodha Client ID” of the app. Only this user can log in. */
  readonly clientId: string
  /** Whether Kite forgets the app during a login. */
  readonly forgetsApp: boolean
  /** The exchange's message about a lapsed subscription; undefined if it has not lapsed. */
  readonly lapsed: string | undefined
  /** Whether the exchange names the token's user. */
  readonly namesUser: boolean
  /** Whether the person has ever allowed the app to use the account. */
  authorised: boolean
  loginsCompleted: number
  /** Returns the broker's clock, in epoch milliseconds. */
  now(): number
}
