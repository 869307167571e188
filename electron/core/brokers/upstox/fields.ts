import { normaliseTotpSecret } from '../../totp/code.ts'
import type { Field } from '../broker.ts'
import { envNames } from '../env-names.ts'
import { checkRedirectUrl } from '../kit/redirect-url.ts'

/** Upstox's page for the settings of an app. */
export const DEVELOPER_PAGE = 'account.upstox.com/developer/apps'

/** The pause between the requests of a login in https://upstox-totp.readthedocs.io, ms. */
const DELAY_MS = { least: 100, most: 10_000, usual: 1_000 }

/** The fields of a login, with the names in the `.env` files of https://github.com/batpool/upstox-totp. */
export const fields: readonly Field[] = [
  {
    name: 'client_id',
    kind: 'setting',
    label: 'API key',
    help: `At ${DEVELOPER_PAGE}, on your app’s page.`,
    env: 'UPSTOX_CLIENT_ID',
    aliases: [...envNames('UPSTOX', 'API_KEY APIKEY'), 'BROKER_API_KEY'],
  },
  {
    name: 'client_secret',
    kind: 'secret',
    label: 'API secret',
    help: `At ${DEVELOPER_PAGE}, on your app’s page.`,
    env: 'UPSTOX_CLIENT_SECRET',
    aliases: [...envNames('UPSTOX', 'API_SECRET APISECRET SECRET_KEY SECRET'), 'BROKER_API_SECRET'],
  },
  {
    name: 'redirect_uri',
    kind: 'setting',
    label: 'Redirect URL',
    help: 'Exactly as in your Upstox app, with or without the final slash.',
    env: 'UPSTOX_REDIRECT_URI',
    aliases: envNames('UPSTOX', 'REDIRECT_URL'),
    normalise: checkRedirectUrl,
  },
  {
    name: 'username',
    kind: 'setting',
    label: 'Mobile number',
    help: 'Your Upstox login number. Outside India, with + and the country code.',
    env: 'UPSTOX_USERNAME',
    aliases: envNames('UPSTOX', 'MOBILE MOBILE_NO MOBILE_NUMBER'),
    normalise: normaliseMobileNumber,
  },
  {
    name: 'pin_code',
    kind: 'guarded',
    label: 'PIN',
    help: 'The PIN that Upstox asks for after the code.',
    env: 'UPSTOX_PIN_CODE',
    aliases: envNames('UPSTOX', 'PIN'),
    normalise: normalisePin,
  },
  {
    name: 'totp_secret',
    kind: 'totp',
    label: 'TOTP secret',
    help:
      'Shown once next to the QR code when you turn on TOTP in the Upstox app ' +
      '(Account, Profile, My Account, Time-based OTP).',
    env: 'UPSTOX_TOTP_SECRET',
    aliases: envNames('UPSTOX', 'TOTP_KEY TOTP_SEED TOTP'),
    normalise: normaliseTotpSecret,
  },
  {
    name: 'user_id',
    kind: 'setting',
    label: 'Upstox user ID',
    help: 'Only where several Upstox accounts have this mobile number: the one to log in to.',
    env: 'UPSTOX_USER_ID',
    optional: true,
    normalise: normaliseUserId,
  },
  {
    name: 'delay_ms',
    kind: 'setting',
    label: 'Pause between requests',
    help: `Milliseconds. Leave empty for ${DELAY_MS.usual}.`,
    env: 'UPSTOX_SLEEP_TIME',
    initial: String(DELAY_MS.usual),
    loginOnly: true,
    normalise: normaliseDelay,
  },
]

/** The country codes of ITU-T E.164: one digit, two digits, else three. */
const COUNTRY = /^\+(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/

/**
 * Normalises a number to ten digits, or outside India to `+` and all digits. Indian numbers have ten digits, so a
 * prefix before ten digits is a country code or 0.
 */
function normaliseMobileNumber(typed: string): string {
  const number = typed
    .replace(/[\s().-]/g, '')
    .replace(/^00/, '+')
    .replace(/^(?:\+?91)?0?(?=\d{10}$)/, '')
  const isForeign = /^\+[1-9]\d{6,14}$/.test(number) && !number.startsWith('+91')
  if (isForeign || /^\d{10}$/.test(number)) return number
  throw new TypeError('has 10 digits, such as 9876543210, or outside India + and the country code')
}

/** Splits a number into the two values that Upstox's login page sends. */
export function countryAndNumber(number: string): { mobileNumber: string; countryIsdCode: string } {
  const country = COUNTRY.exec(number)?.[0]
  return country === undefined
    ? { mobileNumber: number, countryIsdCode: '+91' }
    : { mobileNumber: number.slice(country.length), countryIsdCode: country }
}

function normaliseUserId(typed: string): string {
  if (!/^[a-z\d]{3,20}$/i.test(typed)) throw new TypeError('has letters and digits, such as AB1234')
  return typed.toUpperCase()
}

function normalisePin(typed: string): string {
  const pin = typed.trim()
  if (!/^\d{4,6}$/.test(pin)) throw new TypeError('has 4 to 6 digits')
  return pin
}

function normaliseDelay(typed: string): string {
  const delay = /^\d{1,5}$/.test(typed) ? Number(typed) : 0
  if (delay < DELAY_MS.least || delay > DELAY_MS.most) {
    throw new TypeError(`is a whole number of milliseconds from ${DELAY_MS.least} to ${DELAY_MS.most}`)
  }
  return String(delay)
}
