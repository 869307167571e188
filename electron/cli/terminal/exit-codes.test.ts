import { expect, test } from 'vitest'
import { problemKinds } from '../../contract/state.ts'
import { LoginError } from '../../core/errors.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'

test('every kind of problem has its exit code', () => {
  expect(Object.keys(exitCodeOf).sort()).toEqual([...problemKinds].sort())
  expect(exitCodeOf).toEqual({
    'bad-credentials': 3,
    'bad-totp': 3,
    'second-factor-mismatch': 3,
    'second-factor-needed': 3,
    'consent-required': 3,
    'account-locked': 3,
    'ip-not-allowed': 3,
    'app-config': 3,
    subscription: 3,
    'token-expired': 3,
    'bot-wall': 3,
    'protocol-changed': 3,
    'clock-skew': 3,
    'rate-limited': 4,
    'broker-down': 4,
    network: 4,
    timeout: 4,
    'keychain-locked': 5,
    'keychain-missing': 5,
    'budget-spent': 6,
    cancelled: 130,
  })
})

test('what is no problem of a broker has codes of its own', () => {
  expect([exitCodes.ok, exitCodes.bug, exitCodes.usage]).toEqual([0, 1, 2])
})

test('a script is never told to try again later what might cost an attempt', () => {
  const later = problemKinds.filter((kind) => exitCodeOf[kind] === exitCodes.unreachable)
  // A rate limit passes by itself: later is safe, at once is not.
  for (const kind of later) expect(new LoginError(kind).retrySafe || kind === 'rate-limited').toBe(true)
})
