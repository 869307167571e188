import { normaliseTotpSecret } from '../../totp/code.ts'
import type { Field } from '../broker.ts'
import { envNames } from '../env-names.ts'

export const userId: Field = {
  name: 'user_id',
  kind: 'setting',
  label: 'User ID',
  help: 'What you log in to Kite with, such as AB1234.',
  env: 'KITE_USER_ID',
  aliases: envNames('KITE ZERODHA', 'USER_ID USERID USERNAME CLIENT_ID'),
  normalise: normaliseUserId,
}

export const password: Field = {
  name: 'password',
  kind: 'guarded',
  label: 'Password',
  help: 'Your Kite password.',
  env: 'KITE_PASSWORD',
  aliases: envNames('KITE ZERODHA', 'PASSWORD PASS PWD'),
}

export const totpSecret: Field = {
  name: 'totp_secret',
  kind: 'totp',
  label: 'External TOTP secret',
  help:
    'Shown once next to the QR code when you turn on external TOTP at Kite. Leave empty to type the app or SMS code ' +
    'at each login.',
  env: 'KITE_TOTP_SECRET',
  aliases: envNames('KITE ZERODHA', 'TOTP_SECRET TOTP_KEY TOTP_TOKEN TOTP_SEED TOTP'),
  optional: true,
  normalise: normaliseTotpSecret,
}

function normaliseUserId(typed: string): string {
  const id = typed.trim().toUpperCase()
  // Kite's page also accepts the mobile number, but then signs in under a user ID whose token is not kept.
  if (/^(\+|00)?(91)?0?\d{10}$/.test(id.replace(/[\s()-]/g, '')))
    throw new TypeError('is what Kite calls your user ID, such as AB1234, not the mobile number')
  if (!/^[A-Z0-9]{6,12}$/.test(id)) throw new TypeError('has 6 to 12 letters and digits, such as AB1234')
  return id
}
