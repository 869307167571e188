import type { LoginState } from '../kite-connect/state.ts'
import type { EncTokens } from './enc-tokens.ts'
import type { KiteWebCredentials } from './credentials.ts'

/** Holds what the pages and calls of the practice Kite share. */
export interface KiteWebState extends LoginState {
  readonly credentials: KiteWebCredentials
  readonly encTokens: EncTokens
  loginsCompleted: number
}
