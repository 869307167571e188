import type { PracticeRequest } from '../exchange.ts'
import type { Account } from '../account.ts'
import type { NeoCredentials } from './credentials.ts'
import type { Sessions } from './sessions.ts'

/** What the routes of the practice broker know in common. */
export interface NeoState {
  readonly credentials: NeoCredentials
  readonly account: Account
  /** Of a login whose MPIN is yet to come; good for nothing else. */
  readonly viewSessions: Sessions
  readonly tradeSessions: Sessions
  /** The base URL to tell clients instead of the one they asked. */
  readonly baseUrl: string | undefined
  /** Whether sessions are refused because they were opened from another address. */
  readonly sessionIpRefused: boolean
  /** Whether requests are refused because they come from an address that is not whitelisted. */
  readonly ipNotAllowed: boolean
  /** Whether the person has to set a new password. */
  readonly passwordExpired: boolean
  readonly missingFieldStatus: 200 | 400
  /** The public address that a request comes from. */
  readonly addressOf: (request: PracticeRequest) => string
  /** That of the login which opened a session, by the session's `sid`. */
  readonly openedFrom: Map<string, string>
  loginsCompleted: number
}
