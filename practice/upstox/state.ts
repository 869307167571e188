import type { AccessTokens } from '../access-tokens.ts'
import type { Account } from '../account.ts'
import type { OneTimeTokens } from '../one-time-tokens.ts'
import type { UpstoxCredentials } from './credentials.ts'
import type { LoginSessions } from './login-sessions.ts'
import type { OtpLimit } from './otp-limit.ts'

/** Base URLs, without a trailing slash, of the login page and of what it calls. */
export type PageHosts = Readonly<Record<'login' | 'service', string>>

/** What the three endpoints of the practice broker know in common. */
export interface UpstoxState {
  readonly credentials: UpstoxCredentials
  readonly account: Account
  readonly otpLimit: OtpLimit
  readonly sessions: LoginSessions
  /** The authorization codes handed out. */
  readonly codes: OneTimeTokens
  readonly accessTokens: AccessTokens
  /** Whether the account has an authenticator. */
  readonly totpEnabled: boolean
  /** Whether the app is the person's active one. */
  readonly appActive: boolean
  /** Redirects between the authorization dialog and the login page. */
  readonly redirectHops: number
  loginsCompleted: number
  readonly hosts: () => PageHosts
}
