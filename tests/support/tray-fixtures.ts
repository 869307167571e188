import { madeUpAccount, madeUpState } from './made-up-views.ts'
import type { AccountView, AppState } from '../../electron/contract/state.ts'

/** Returns a state for the tests of the tray. */
export const state = (accounts: readonly Partial<AccountView>[], rest: Partial<AppState> = {}): AppState =>
  madeUpState(accounts.map(madeUpAccount), rest)
