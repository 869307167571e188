import type { AccessTokens } from '../access-tokens.ts'
import type { Account } from '../account.ts'
import type { OneTimeTokens } from '../one-time-tokens.ts'
import type { UpstoxCredentials } from './credentials.ts'
import type { LoginSessions } from './login-sessions.ts'
import type { OtpLimit } from './otp-limit.ts'

/** Base URLs, without a trailing slash, of the login page and of what it calls. */
export type PageHosts = Readonly<Record<'login' | 'service', string>>

/** An account of a mobile number, which a family may share. */
export interface MobileProfile {
  /** Upstox has sent it as a number and as text; the PIN's call takes a number only. */
  readonly profileId: number | string
  readonly userId: string
  readonly isDefault: boolean
}

/** The served generations of the login page's calls: verify v5 with PIN v4, verify v4 with PIN v3. */
export interface Generations {
  readonly newer: boolean
  readonly older: boolean
  /** The status of a route that is not served. */
  readonly goneStatus: 404 | 405 | 410
}

/** Holds what the three endpoints share. */
export interface UpstoxState {
  readonly credentials: UpstoxCredentials
  readonly account: Account
  readonly otpLimit: OtpLimit
  /** A longer limit with another message. */
  readonly otpBlock: OtpLimit
  readonly sessions: LoginSessions
  /** The issued authorization codes. */
  readonly codes: OneTimeTokens
  readonly accessTokens: AccessTokens
  /** Whether the account has an authenticator. */
  readonly totpEnabled: boolean
  readonly generations: Generations
  /** The accounts that verify v5 lists. */
  readonly profiles: readonly MobileProfile[]
  /** The user ID whose PIN is in the credentials and that gets the token. */
  readonly holder: string
  /** The user ID whose token is issued, right or wrong. */
  readonly tokenOf: string
  /** Whether the token's reply says whose it is; the profile always does. */
  readonly namesUser: boolean
  /** Whether the address of the login page names the redirect. */
  readonly namesRedirect: boolean
  /** Whether the PIN's reply already holds the authorization code. */
  readonly codeWithPin: boolean
  /** Whether requests come from the address that is registered for orders. */
  readonly atRegisteredAddress: boolean
  /** Whether the app is the person's active app. */
  readonly appActive: boolean
  /** Redirects between the authorization dialog and the login page. */
  readonly redirectHops: number
  loginsCompleted: number
  readonly hosts: () => PageHosts
}
