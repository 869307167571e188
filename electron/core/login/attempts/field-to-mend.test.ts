import { expect, test } from 'vitest'
import { kiteConnect } from '../../brokers/kite-connect/broker.ts'
import { fieldToMend } from './messages.ts'

const nothingSpent = { password: 0, code: 0 }
const codesSpent = { password: 0, code: 2 }
const computing = { proxy: null, secretsSetAt: { password: 1, totp_secret: 1 }, spent: nothingSpent }
const typing = { ...computing, secretsSetAt: { password: 1 } }
const proxied = { ...computing, proxy: { url: 'http://proxy.example:3128', user: '' } }

test.each([
  ['a refused password', 'bad-credentials', computing, 'password'],
  ['a locked account', 'account-locked', computing, 'password'],
  ['a refused code of the stored secret', 'bad-totp', computing, 'totp_secret'],
  ['a refused code that was typed', 'bad-totp', typing, null],
  ['another second factor', 'second-factor-mismatch', typing, 'totp_secret'],
  ['a refused API secret', 'app-config', computing, 'api_secret'],
  ['what may be the proxy’s refusal', 'app-config', proxied, null],
  ['two codes spent', 'budget-spent', { ...computing, spent: codesSpent }, 'totp_secret'],
  // Entering the password again is what allows the next code there.
  ['two typed codes spent', 'budget-spent', { ...typing, spent: codesSpent }, 'password'],
  ['the password spent', 'budget-spent', { ...computing, spent: { password: 1, code: 2 } }, 'password'],
  ['a network that is gone', 'network', computing, null],
] as const)('%s leads to the field that mends it, if any', (_what, kind, account, field) => {
  expect(fieldToMend({ kind }, account, kiteConnect)).toBe(field)
})
