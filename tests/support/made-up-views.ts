import type { DraftView } from '../../electron/contract/account-form.ts'
import type { AccountView, AppState } from '../../electron/contract/state.ts'

/** For tests and pictures: an account that is ready and about which nothing else is known. */
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

/** For tests and pictures: these accounts, and nothing that concerns all of them. */
export const madeUpState = (accounts: readonly AccountView[], part: Partial<AppState> = {}): AppState => ({
  accounts: [...accounts],
  clipboard: null,
  keychain: null,
  clockWarning: null,
  notices: [],
  hour12: false,
  schedule: null,
  ...part,
})

/** For tests and pictures: a form in which nothing is wrong and nothing is known. */
export const madeUpDraft = (part: Partial<DraftView> = {}): DraftView => ({
  errors: {},
  hints: {},
  imported: {},
  totp: null,
  choices: [],
  chosen: null,
  ...part,
})
