import { normaliseTotpSecret } from '../../totp/code.ts'
import type { Field } from '../broker.ts'
import { envNames } from '../env-names.ts'

/**
 * What a login needs; the names in `.env` are those of programs that log in by TOTP, such as
 * https://github.com/Kotak-Neo/Kotak-neo-api-v2 with its parameters `consumer_key`, `mobile_number` and `ucc`.
 */
export const fields: readonly Field[] = [
  {
    name: 'consumer_key',
    kind: 'secret',
    label: 'Access token (consumer key)',
    help: 'In Kotak Neo under More, TradeAPI, API Dashboard, Create Application. Copy it without “Bearer”.',
    env: 'KOTAK_NEO_CONSUMER_KEY',
    aliases: envNames('NEO KOTAK', 'CONSUMER_KEY'),
    normalise: normaliseConsumerKey,
  },
  {
    name: 'mobile_number',
    kind: 'setting',
    label: 'Mobile number',
    help: 'The one registered with Kotak, such as 9876543210.',
    env: 'KOTAK_NEO_MOBILE_NUMBER',
    aliases: envNames('KOTAK_NEO NEO KOTAK', 'MOBILE_NUMBER MOBILE_NO MOBILE'),
    normalise: normaliseMobileNumber,
  },
  {
    name: 'ucc',
    kind: 'setting',
    label: 'Client code (UCC)',
    help: 'The client code of five characters in your Neo profile, such as AB12C. It is not the numeric code.',
    env: 'KOTAK_NEO_UCC',
    aliases: envNames('NEO KOTAK', 'UCC'),
    normalise: normaliseClientCode,
  },
  {
    name: 'mpin',
    kind: 'guarded',
    label: 'MPIN',
    help: 'The six digits that open the Kotak Neo app.',
    env: 'KOTAK_NEO_MPIN',
    aliases: envNames('NEO KOTAK', 'MPIN'),
    normalise: normaliseMpin,
  },
  {
    name: 'totp_secret',
    kind: 'totp',
    label: 'TOTP setup key',
    help: 'Shown beside the QR code under TOTP Registration in the API Dashboard, for five minutes.',
    env: 'KOTAK_NEO_TOTP_SECRET',
    aliases: envNames('KOTAK_NEO NEO KOTAK', 'TOTP_SECRET TOTP_KEY TOTP_SEED TOTP'),
    normalise: normaliseTotpSecret,
  },
]

function normaliseConsumerKey(typed: string): string {
  const key = typed.trim()
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key)) return key
  throw new TypeError(
    'has 32 letters and digits in five groups, such as 01234567-89ab-cdef-0123-456789abcdef',
  )
}

function normaliseMobileNumber(typed: string): string {
  const number = /^(?:\+?91)?(\d{10})$/.exec(typed.replace(/[\s-]/g, ''))?.[1]
  if (number !== undefined) return `+91${number}`
  throw new TypeError('has ten digits, with or without +91 before them')
}

function normaliseClientCode(typed: string): string {
  // One spelling only: wrong entries are counted by it.
  const code = typed.trim().toUpperCase()
  if (/^[A-Z0-9]{5}$/.test(code)) return code
  throw new TypeError('has five letters and digits, such as AB12C; the longer numeric code is another one')
}

function normaliseMpin(typed: string): string {
  const mpin = typed.trim()
  if (/^\d{6}$/.test(mpin)) return mpin
  throw new TypeError('has six digits')
}
