import type { DraftView } from '../../electron/contract/account-form.ts'
import type { SettingsView } from '../../electron/contract/settings.ts'
import type { AccountView, AppState } from '../../electron/contract/state.ts'
import { defaultSettings } from '../../electron/core/state/settings.ts'

/** Returns a ready account without further details, for tests and pictures. */
export const madeUpAccount = (part: Partial<AccountView> = {}): AccountView => ({
  name: 'main',
  brokerId: 'made-up',
  brokerName: 'Made-up Broker',
  initials: 'MU',
  colour: '#000000',
  practice: false,
  pages: { login: 'made-up.example', developers: null },
  toEnter: null,
  refusedAddress: null,
  pausedUntil: null,
  canSignIn: false,
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
  pinned: null,
  schedule: null,
  lock: null,
  ...part,
})

/** Returns a valid form without any knowledge, for tests and pictures. */
export const madeUpDraft = (part: Partial<DraftView> = {}): DraftView => ({
  errors: {},
  hints: {},
  enterAgain: [],
  imported: {},
  totp: null,
  choices: [],
  chosen: null,
  oldElectron: null,
  ...part,
})

/** Returns the settings as they are at first, for tests and pictures. */
export const madeUpSettings = (part: Partial<SettingsView> = {}): SettingsView => ({
  settings: defaultSettings,
  schedule: { words: 'Next login tomorrow 08:15', calendarNote: null, state: 'on' },
  calendar: {
    today: '2026-11-12',
    days: [{ date: '2026-11-24', is: 'closed', name: 'Prakash Gurpurb Sri Guru Nanak Dev' }],
  },
  launchAtLogin: false,
  shortcutProblem: null,
  channels: { webhook: { on: false, setAt: null }, telegram: { on: false, setAt: null } },
  platform: 'linux',
  wayland: false,
  update: null,
  about: {
    version: '0.1.0',
    licence: 'MIT',
    electron: '45.4.1',
    chromium: '151.0.7922.40',
    node: '24.11.1',
    system: 'Linux x64',
    electronWarning: null,
    keychain: 'Secret Service',
    keychainProblem: null,
    stateFolder: '/home/asha/.local/state/tokentray',
  },
  ...part,
})
