import type { Keychain, Locks, OpenHttpSession, Clock } from '../ports.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { AccountHandle } from '../state/account-handle.ts'
import type { Actor, History } from '../state/history.ts'
import type { ClockOffset } from '../totp/clock-offset.ts'
import type { StateStore } from '../state/state.ts'
import type { SignIn } from './assisted.ts'
import type { Ask } from './conversation/conversation.ts'
import type { TraceRecorder } from './conversation/trace.ts'

/** How one login is wanted. */
export interface LoginOptions {
  /** True to log in without asking first whether the token at hand still works. */
  readonly force?: boolean
  readonly signal?: AbortSignal
  /** For the history; the tray when not said. */
  readonly by?: Actor
  /** How to ask the user for a code that only they have; without it such a login ends with `second-factor-needed`. */
  readonly ask?: Ask
  /** How to have the user sign in at the broker's page; without it such a login ends with `second-factor-needed`. */
  readonly signIn?: SignIn
}

/** `kept`: the token at hand still works, nothing else was sent. `obtained`: a new login. */
export type LoginResult = 'kept' | 'obtained'

/** `nothing`: there was no token. `forgotten`: the broker has no way to end one, so it may go on working. */
export type LogoutResult = 'revoked' | 'forgotten' | 'nothing'

/** What belongs to one run of `login`. */
export interface LoginRun {
  readonly handle: AccountHandle
  readonly force: boolean
  readonly signal: AbortSignal
  readonly trace: TraceRecorder
  readonly ask: Ask | null
  readonly signIn: SignIn | null
}

/** What a `LoginEngine` stands on. */
export interface EngineDeps {
  readonly accounts: Pick<Accounts, 'open'>
  /** Read anew under the lock, for what another process may have written. */
  readonly store: Pick<StateStore, 'reload'>
  readonly keychain: Keychain
  readonly locks: Locks
  readonly history: History
  readonly openHttp: OpenHttpSession
  readonly clock: Clock
  readonly offset: ClockOffset
  /** The pauses before another try after passing trouble, ms; `TROUBLE_PAUSES_MS` but in tests. */
  readonly troublePauses: readonly number[]
}
