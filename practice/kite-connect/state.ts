import type { AccessTokens } from '../access-tokens.ts'
import type { Account } from '../account.ts'
import type { OneTimeTokens } from '../one-time-tokens.ts'
import type { KiteCredentials } from './credentials.ts'
import type { WebSessions } from './web-sessions.ts'

/** Kinds of second factor; the same secret makes the code for each of them here. */
export type TwofaType = 'totp' | 'app_code' | 'sms'

/** What the login page of kite.zerodha.com knows, whatever the login is for. */
export interface LoginState {
  readonly credentials: Pick<KiteCredentials, 'user_id' | 'password'>
  readonly account: Account
  /** The account's second factors, the preferred one first. */
  readonly twofaTypes: readonly [TwofaType, ...TwofaType[]]
  readonly sessions: WebSessions
  /** The mobile number that the person may log in with in place of the user ID. */
  readonly mobile: string | undefined
  /** Makes the token of a browser that signs in to Kite itself. */
  newEncToken(): string
}

/** What the two endpoints of the practice broker know in common. */
export interface KiteState extends LoginState {
  readonly credentials: KiteCredentials
  readonly requestTokens: OneTimeTokens
  readonly accessTokens: AccessTokens
  /** The app's registered redirect URL. */
  readonly redirectUrl: string
  /** Redirects between /connect/finish and the registered URL. */
  readonly redirectHops: number
  /** Whether those name the host kite.trade, which is the same as kite.zerodha.com. */
  readonly hopsByAlias: boolean
  /** The “Zerodha Client ID” that the app was made for: nobody else gets in. */
  readonly clientId: string
  /** Whether Kite forgets during a login which app it is for. */
  readonly forgetsApp: boolean
  /** What the exchange says because the app's subscription has lapsed; undefined while it has not. */
  readonly lapsed: string | undefined
  /** Whether the exchange says whose the token is. */
  readonly namesUser: boolean
  /** Whether the person has ever allowed the app to use the account. */
  authorised: boolean
  loginsCompleted: number
  /** The broker's clock, in epoch milliseconds. */
  now(): number
}
