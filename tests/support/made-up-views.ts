import type { DraftView } from '../../electron/contract/account-form.ts'
import type { AccountView, AppState } from '../../electron/contract/state.ts'

/** Returns a ready account without further details, for tests and pictures. */
export const madeUpAccount = (part: Partial<AccountView> = {}): AccountView => ({
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
  ...part,
})

/** Returns a state with these accounts and no general problem, for tests and pictures. */
export const madeUpState = (accounts: readonly AccountView[], part: Partial<AppState> = {}): AppState => ({
  accounts: [...accounts],
  clipboard: null,
  keychain: null,
  clockWarning: null,
  notices: [],
  hour12: false,
  schedule: null,
  lock: null,
  ...part,
})

/** Returns a valid form without any knowledge, for tests and pictures. */
export const madeUpDraft = (part: Partial<DraftView> = {}): DraftView => ({
  errors: {},
  hints: {},
  imported: {},
  totp: null,
  choices: [],
  chosen: null,
  ...part,
})
