import { expect, test } from 'vitest'
import { kiteConnect } from '../../brokers/kite-connect/broker.ts'
import { kotakNeo } from '../../brokers/kotak-neo/broker.ts'
import { attemptsWords } from './messages.ts'

const neo = { secretsSetAt: { mpin: 1, totp_secret: 1 }, attemptsLeft: null }
const typing = { secretsSetAt: { password: 1 }, attemptsLeft: null }

test.each([
  ['nothing spent', neo, kotakNeo, { password: 0, code: 0 }, /the MPIN once more and 2 codes/],
  ['a code spent', neo, kotakNeo, { password: 0, code: 1 }, /the MPIN once more and one more code/],
  ['the MPIN spent', neo, kotakNeo, { password: 1, code: 0 }, /^Enter the right MPIN to try again/],
  ['both codes spent', neo, kotakNeo, { password: 0, code: 2 }, /Enter the TOTP setup key again/],
  // There is no secret to enter again.
  ['both typed codes spent', typing, kiteConnect, { password: 0, code: 2 }, /Enter the password again/],
  ['the last ones left', { ...neo, attemptsLeft: 2 }, kotakNeo, { password: 0, code: 0 }, /are yours/],
])(
  'with %s, what may still be sent is said in the broker’s words',
  (_what, account, broker, spent, words) => {
    expect(attemptsWords({ ...account, spent }, broker)).toMatch(words)
  },
)
