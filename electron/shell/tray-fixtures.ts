import type { AccountView, AppState } from '../contract/state.ts'

/** For the tests of the tray beside this file. */
export const account = (given: Partial<AccountView> = {}): AccountView => ({
  name: 'main',
  brokerId: 'made-up',
  brokerName: 'Made-up Broker',
  initials: 'MU',
  colour: '#000000',
  practice: false,
  canLogIn: true,
  morning: null,
  hasCode: true,
  freshness: 'fresh',
  expiresAt: null,
  login: null,
  question: null,
  problem: null,
  totp: null,
  ...given,
})

export const state = (accounts: readonly Partial<AccountView>[], rest: Partial<AppState> = {}): AppState => ({
  accounts: accounts.map(account),
  clipboard: null,
  keychain: null,
  clockWarning: null,
  notices: [],
  hour12: false,
  schedule: null,
  ...rest,
})
