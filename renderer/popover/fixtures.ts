import { madeUpAccount, madeUpState } from '../../tests/support/made-up-views.ts'
import type { AccountView, Problem, QuestionView, TotpCode } from '../../electron/contract/state.ts'

/** The time of the tests in this folder: 08:50:07 in India. */
export const NOW = Date.UTC(2025, 10, 12, 3, 20, 7)
export const INDIA = -330

export const code: TotpCode = { code: '492039', next: '107458', startsAt: NOW - 12_000, endsAt: NOW + 18_000 }

export const question: QuestionView = {
  label: 'Kite app code',
  help: 'In the Kite app on your phone.',
  digits: 6,
  askedAt: NOW - 20_000,
  endsAt: NOW + 280_000,
  again: false,
}

export const account = (part: Partial<AccountView> = {}): AccountView =>
  madeUpAccount({
    name: 'zerodha-main',
    brokerId: 'kite-web',
    brokerName: 'Zerodha',
    initials: 'ZE',
    colour: '#e25f38',
    pages: { login: 'kite.zerodha.com', developers: 'developers.kite.trade' },
    expiresAt: Date.UTC(2025, 10, 13, 0, 30),
    ...part,
  })

export const problem = (part: Partial<Problem> = {}): Problem => ({
  kind: 'bad-credentials',
  message: 'Wrong PIN.',
  brokerWords: null,
  next: 'Change it here.',
  retrySafe: false,
  at: NOW,
  ...part,
})

export const appState = madeUpState
