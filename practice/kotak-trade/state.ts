import type { AccessTokens } from '../access-tokens.ts'
import type { EntryCounter } from '../account.ts'
import type { OneTimeTokens } from '../one-time-tokens.ts'
import type { TradeCredentials } from './credentials.ts'
import type { SuccessKey } from './envelope.ts'

/** Holds what the two hosts share. */
export interface TradeState {
  readonly credentials: TradeCredentials
  readonly account: EntryCounter
  /** Tokens between password and second factor. Only the newest is valid; Kotak's time limit is unknown. */
  readonly oneTimeTokens: OneTimeTokens
  readonly sessionTokens: AccessTokens
  /** Whether the account requires the access code. */
  readonly accessCodeRequired: boolean
  /** The spelling of the success key; undefined for the mixture that Kotak used. */
  readonly successKey: SuccessKey | undefined
  /** The base URL to which the first host redirects every call; undefined while it answers itself. */
  movedTo: string | undefined
  loginsCompleted: number
  /** Returns the broker's clock, in epoch milliseconds. */
  now(): number
}
