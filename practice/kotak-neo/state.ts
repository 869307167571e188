import type { PracticeRequest } from '../exchange.ts'
import type { Account } from '../account.ts'
import type { NeoCredentials } from './credentials.ts'
import type { Sessions } from './sessions.ts'

/** Holds what the routes share. */
export interface NeoState {
  readonly credentials: NeoCredentials
  readonly account: Account
  /** Sessions of logins that still lack the MPIN; valid for nothing else. */
  readonly viewSessions: Sessions
  readonly tradeSessions: Sessions
  /** The base URL that a login returns instead of the requested one. */
  readonly baseUrl: string | undefined
  /** Whether Kotak refuses sessions that were opened from another address. */
  readonly sessionIpRefused: boolean
  /** Whether Kotak refuses requests from an address that is not whitelisted. */
  readonly ipNotAllowed: boolean
  /** Whether the person must set a new password. */
  readonly passwordExpired: boolean
  /** The client code that the sessions name, right or wrong; empty for none. */
  readonly sessionOf: string
  readonly missingFieldStatus: 200 | 400
  /** Returns the public address that a request comes from. */
  readonly addressOf: (request: PracticeRequest) => string
  /** The public address of the login that opened a session, by the session's `sid`. */
  readonly openedFrom: Map<string, string>
  loginsCompleted: number
}
