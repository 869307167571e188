import type { Keychain, Locks, OpenHttpSession, Clock } from '../ports.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { AccountHandle } from '../state/account-handle.ts'
import type { Actor, History } from '../state/history.ts'
import type { ClockOffset } from '../totp/clock-offset.ts'
import type { StateStore } from '../state/state.ts'
import type { SignIn } from './assisted.ts'
import type { Ask } from './conversation/conversation.ts'
import type { TraceRecorder } from './conversation/trace.ts'

/** Options of one login. */
export interface LoginOptions {
  /** True to log in without probing the token at hand first. */
  readonly force?: boolean
  readonly signal?: AbortSignal
  /** Recorded in the history; `tray` by default. */
  readonly by?: Actor
  /** Asks the user for a code that only they have. Without it such a login ends with `second-factor-needed`. */
  readonly ask?: Ask
  /** Lets the user sign in on the broker's page. Without it such a login ends with `second-factor-needed`. */
  readonly signIn?: SignIn
  /** True to let the user sign in this once, whoever signs in otherwise. */
  readonly byHand?: boolean
}

/** `kept`: the token at hand still works, and nothing else was sent. `obtained`: a login brought a new token. */
export type LoginResult = 'kept' | 'obtained'

/** `nothing`: there was no token. `forgotten`: the broker can't revoke tokens, so this one may go on working. */
export type LogoutResult = 'revoked' | 'forgotten' | 'nothing'

/** One run of the engine for an account: a login, or a probe or logout. */
export interface LoginRun {
  readonly handle: AccountHandle
  readonly force: boolean
  readonly signal: AbortSignal
  readonly trace: TraceRecorder
  readonly ask: Ask | null
  readonly signIn: SignIn | null
  /** Whether the user signs in on the broker's page. */
  readonly byHand: boolean
}

/** The dependencies of `LoginEngine`. */
export interface EngineDeps {
  readonly accounts: Pick<Accounts, 'open'>
  /** Reloaded under the lock, because another process may have written the file. */
  readonly store: Pick<StateStore, 'reload'>
  readonly keychain: Keychain
  readonly locks: Locks
  readonly history: History
  readonly openHttp: OpenHttpSession
  readonly clock: Clock
  readonly offset: ClockOffset
  /** The pauses before retries after transient errors, ms; `TROUBLE_PAUSES_MS` outside tests. */
  readonly troublePauses: readonly number[]
}
