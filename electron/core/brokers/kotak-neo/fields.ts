import { normaliseTotpSecret } from '../../totp/code.ts'
import type { Field } from '../broker.ts'
import { envNames } from '../env-names.ts'

/**
 * The fields of a login. The names in `.env` are those of programs that log in by TOTP, such as
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
    hint: hintAtConsumerKey,
  },
  {
    name: 'mobile_number',
    kind: 'setting',
    label: 'Mobile number',
    help: 'The one registered with Kotak, such as 9876543210; from abroad with its country code, such as +971….',
    env: 'KOTAK_NEO_MOBILE_NUMBER',
    aliases: envNames('KOTAK_NEO NEO KOTAK', 'MOBILE_NUMBER MOBILE_NO MOBILE'),
    normalise: normaliseMobileNumber,
  },
  {
    name: 'ucc',
    kind: 'setting',
    label: 'Client code (UCC)',
    help: 'The client code in your Neo profile, such as AB12C. It is not the numeric code.',
    env: 'KOTAK_NEO_UCC',
    aliases: envNames('NEO KOTAK', 'UCC'),
    normalise: normaliseClientCode,
    hint: hintAtClientCode,
  },
  {
    name: 'mpin',
    kind: 'guarded',
    label: 'MPIN',
    help: 'The digits that open the Kotak Neo app, six for most.',
    env: 'KOTAK_NEO_MPIN',
    aliases: envNames('NEO KOTAK', 'MPIN'),
    normalise: normaliseMpin,
    hint: hintAtMpin,
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

/** Removes "Bearer", because Kotak refuses a key with this prefix. */
function normaliseConsumerKey(typed: string): string {
  const key = typed.trim().replace(/^bearer\s+/i, '')
  if (/^[\x21-\x7e]+$/.test(key)) return key
  throw new TypeError('has only letters, digits and punctuation of a plain keyboard, and no spaces')
}

function hintAtConsumerKey(key: string): string | null {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key)
    ? null
    : 'does not look like Kotak’s, which have 32 letters and digits in five groups; it is kept as it is'
}

/** Adds the country code that Kotak requires. A number without a country code is Indian. */
function normaliseMobileNumber(typed: string): string {
  const number = typed.replace(/[\s().-]/g, '')
  const indian = /^(?:(?:\+|00)?91)?0?([1-9]\d{9})$/.exec(number)?.[1]
  if (indian !== undefined) return `+91${indian}`
  const foreign = /^(?:\+|00)((?!91)[1-9]\d{6,14})$/.exec(number)?.[1]
  if (foreign !== undefined) return `+${foreign}`
  throw new TypeError('has ten digits, or begins with + and a country code')
}

/**
 * Brings the client code to one spelling, because wrong entries are counted by it. Codes of five, six and seven
 * characters have been seen (https://github.com/Kotak-Neo/Kotak-neo-api-v2/issues/73).
 */
function normaliseClientCode(typed: string): string {
  const code = typed.trim().toUpperCase()
  if (/^[A-Z0-9]{3,12}$/.test(code)) return code
  throw new TypeError('has 3 to 12 letters and digits, such as AB12C')
}

function hintAtClientCode(code: string): string | null {
  return /^\d+$/.test(code)
    ? 'is all digits; the client code in your Neo profile has letters too, such as AB12C, and the numeric one is another'
    : null
}

function normaliseMpin(typed: string): string {
  const mpin = typed.trim()
  if (/^\d{4,6}$/.test(mpin)) return mpin
  throw new TypeError('has four to six digits')
}

function hintAtMpin(mpin: string): string | null {
  return mpin.length === 6 ? null : 'is shorter than the usual six digits; a wrong one counts at Kotak'
}
