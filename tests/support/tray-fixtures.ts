import { madeUpAccount, madeUpState } from './made-up-views.ts'
import type { AccountView, AppState } from '../../electron/contract/state.ts'

/** For the tests of the tray beside this file. */
export const state = (accounts: readonly Partial<AccountView>[], rest: Partial<AppState> = {}): AppState =>
  madeUpState(accounts.map(madeUpAccount), rest)
