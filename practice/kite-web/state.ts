import type { LoginState } from '../kite-connect/state.ts'
import type { EncTokens } from './enc-tokens.ts'
import type { KiteWebCredentials } from './credentials.ts'

/** What the pages and calls of the practice Kite know in common. */
export interface KiteWebState extends LoginState {
  readonly credentials: KiteWebCredentials
  readonly encTokens: EncTokens
  loginsCompleted: number
}
