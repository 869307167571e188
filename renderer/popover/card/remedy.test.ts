import { expect, test } from 'vitest'
import { problemKinds } from '../../../electron/contract/state.ts'
import { LoginError } from '../../../electron/core/errors.ts'
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
  const next =
    'Add user ID AB1234 to the app at developers.kite.trade, and check there that the app is active.'
  expect(buttons(new LoginError('app-config', { next }))[0]).toBe('Open developers.kite.trade')
  expect(buttons(new LoginError('protocol-changed', { next: 'Log in again.' }))[0]).toBe('Log in again')
  const terms = 'Read and accept this in the account’s details first.'
  expect(buttons(new LoginError('consent-required', { next: terms }))[0]).toBe('Change details…')
})

test.each(problemKinds)('a practice account has a button for %s too, and it opens no page', (kind) => {
  const words = buttons(new LoginError(kind), { pages: null })
  expect(words.length).toBeGreaterThan(0)
  expect(words.join()).not.toContain('Open')
})
