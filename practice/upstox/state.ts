import type { AccessTokens } from '../access-tokens.ts'
import type { Account } from '../account.ts'
import type { OneTimeTokens } from '../one-time-tokens.ts'
import type { UpstoxCredentials } from './credentials.ts'
import type { LoginSessions } from './login-sessions.ts'
import type { OtpLimit } from './otp-limit.ts'

/** Base URLs, without a trailing slash, of the login page and of what it calls. */
export type PageHosts = Readonly<Record<'login' | 'service', string>>

/** An account that a mobile number opens; a family may share one number. */
export interface MobileProfile {
  /** It has come as a number and as text; the PIN's call takes a number only. */
  readonly profileId: number | string
  readonly userId: string
  readonly isDefault: boolean
}

/** Which of the two generations of the login page's calls are served: verify v5 with PIN v4, verify v4 with PIN v3. */
export interface Generations {
  readonly newer: boolean
  readonly older: boolean
  /** What a route that is not served answers. */
  readonly goneStatus: 404 | 405 | 410
}

/** What the three endpoints of the practice broker know in common. */
export interface UpstoxState {
  readonly credentials: UpstoxCredentials
  readonly account: Account
  readonly otpLimit: OtpLimit
  /** A longer limit, of other words. */
  readonly otpBlock: OtpLimit
  readonly sessions: LoginSessions
  /** The authorization codes handed out. */
  readonly codes: OneTimeTokens
  readonly accessTokens: AccessTokens
  /** Whether the account has an authenticator. */
  readonly totpEnabled: boolean
  readonly generations: Generations
  /** What verify v5 lists. */
  readonly profiles: readonly MobileProfile[]
  /** The user ID of the one whose PIN the credentials have, and who gets the token. */
  readonly holder: string
  /** Whose token is handed out, right or wrong. */
  readonly tokenOf: string
  /** Whether the address of the login page says where the page ends. */
  readonly namesRedirect: boolean
  /** Whether the PIN's reply has the authorization code already. */
  readonly codeWithPin: boolean
  /** Whether requests come from the address that is registered for orders. */
  readonly atRegisteredAddress: boolean
  /** Whether the app is the person's active one. */
  readonly appActive: boolean
  /** Redirects between the authorization dialog and the login page. */
  readonly redirectHops: number
  loginsCompleted: number
  readonly hosts: () => PageHosts
}
