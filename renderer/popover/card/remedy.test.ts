import { expect, test } from 'vitest'
import { problemKinds, type ProblemKind, type Remedy } from '../../../electron/contract/state.ts'
import { asking, LoginError } from '../../../electron/core/errors.ts'
import { account, NOW } from '../fixtures.ts'
import { remediesFor, remedyWords } from './remedy.ts'

/** Returns the words of the buttons under a problem's own sentences. */
function buttons(error: LoginError, part: Parameters<typeof account>[0] = {}): string[] {
  const problem = error.toProblem(NOW)
  const stuck = account({ freshness: 'none', problem, ...part })
  return remediesFor(problem, stuck).map((what) => remedyWords(what, problem, stuck))
}

test.each([
  ['bad-credentials', { toEnter: 'Password' }, ['Change password…', 'Open kite.zerodha.com']],
  ['bad-credentials', { toEnter: 'MPIN' }, ['Change MPIN…', 'Open kite.zerodha.com']],
  ['bad-totp', { toEnter: 'TOTP secret' }, ['Change TOTP secret…', 'Open kite.zerodha.com']],
  ['second-factor-needed', {}, ['Log in again']],
  ['consent-required', { canSignIn: true }, ['Sign in yourself', 'Open kite.zerodha.com']],
  ['consent-required', {}, ['Open kite.zerodha.com', 'Log in again']],
  ['rate-limited', {}, ['Try again']],
  ['account-locked', { toEnter: 'PIN' }, ['Open kite.zerodha.com', 'Change PIN…']],
  ['token-expired', {}, ['Log in again']],
  ['cancelled', {}, ['Log in again']],
  ['keychain-locked', {}, ['Try again']],
  ['ip-not-allowed', {}, ['Use a proxy…', 'Open developers.kite.trade']],
  ['app-config', { toEnter: 'API secret' }, ['Change API secret…', 'Open developers.kite.trade']],
  ['subscription', {}, ['Open developers.kite.trade', 'Log in again']],
  ['bot-wall', { canSignIn: true }, ['Open kite.zerodha.com', 'Sign in yourself']],
  ['protocol-changed', {}, ['Check for an update', 'Open kite.zerodha.com']],
  ['network', {}, ['Try again']],
] as const)('%s offers what its sentence asks for: %o', (kind, part, words) => {
  expect(buttons(new LoginError(kind), part)).toEqual(words)
})

test('a sentence of one broker comes before its kind', () => {
  const main = (kind: ProblemKind, remedy: Remedy): string | undefined =>
    buttons(new LoginError(kind, { next: asking(remedy, 'Do that.') }).naming('Upstox').adding('Or this.'))[0]
  expect(main('app-config', 'developers')).toBe('Open developers.kite.trade')
  expect(main('protocol-changed', 'login')).toBe('Log in again')
  expect(main('network', 'login')).toBe('Log in again')
  expect(main('consent-required', 'change')).toBe('Change details…')
})

test.each(problemKinds)('other words of advice about %s change no button', (kind) => {
  for (const next of [
    'Log in again.',
    'Add, look at, register.',
    'Unlock it.',
    'Do it in the account’s details.',
  ])
    expect(buttons(new LoginError(kind, { next }))).toEqual(buttons(new LoginError(kind)))
})

test.each(problemKinds)('a practice account has a button for %s too, and it opens no page', (kind) => {
  const words = buttons(new LoginError(kind), { pages: null })
  expect(words.length).toBeGreaterThan(0)
  expect(words.join()).not.toContain('Open')
})
