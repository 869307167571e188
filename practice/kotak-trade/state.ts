import type { AccessTokens } from '../access-tokens.ts'
import type { Tries } from '../account.ts'
import type { OneTimeTokens } from '../one-time-tokens.ts'
import type { TradeCredentials } from './credentials.ts'
import type { SuccessKey } from './envelope.ts'

/** What the two hosts of the practice broker know in common. */
export interface TradeState {
  readonly credentials: TradeCredentials
  readonly account: Tries
  /** Between password and second factor; only the newest is good. How long Kotak waits is not known. */
  readonly oneTimeTokens: OneTimeTokens
  readonly sessionTokens: AccessTokens
  /** Whether the account insists on the access code. */
  readonly accessCodeRequired: boolean
  /** The one spelling of the key around a success; undefined for the mixture that Kotak used. */
  readonly successKey: SuccessKey | undefined
  /** Where the first host sends everyone; undefined while it answers itself. */
  movedTo: string | undefined
  loginsCompleted: number
  /** The broker's clock, in epoch milliseconds. */
  now(): number
}
