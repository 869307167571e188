import type { Field } from '../broker.ts'
import { appSecret, hintUnless, mobileNumber, pin, plainText, totpSecret, userId } from '../kit/fields.ts'
import { envOf } from '../kit/names.ts'

const prefixes = 'KOTAK_NEO NEO KOTAK'

/**
 * The fields of a login. The names in `.env` are those of programs that log in by TOTP, such as
 * https://github.com/Kotak-Neo/Kotak-neo-api-v2 with its parameters `consumer_key`, `mobile_number` and `ucc`.
 */
export const fields: readonly Field[] = [
  appSecret({
    name: 'consumer_key',
    label: 'Access token (consumer key)',
    help: 'In Kotak Neo under More, TradeAPI, API Dashboard, Create Application. Copy it without “Bearer”.',
    ...envOf(prefixes, 'CONSUMER_KEY'),
    // Kotak refuses a key with this prefix.
    normalise: (typed) => plainText(typed.trim().replace(/^bearer\s+/i, '')),
    hint: hintUnless(
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
      'does not look like Kotak’s, which have 32 letters and digits in five groups; it is kept as it is',
    ),
  }),
  mobileNumber({
    name: 'mobile_number',
    label: 'Mobile number',
    help: 'The one registered with Kotak, such as 9876543210; from abroad with its country code, such as +971….',
    ...envOf(prefixes, 'MOBILE_NUMBER MOBILE_NO MOBILE'),
  }),
  userId({
    name: 'ucc',
    label: 'Client code (UCC)',
    help: 'The client code in your Neo profile, such as AB12C. It is not the numeric code.',
    ...envOf(prefixes, 'UCC'),
    example: 'AB12C',
    // Codes of five, six and seven characters have been seen: https://github.com/Kotak-Neo/Kotak-neo-api-v2/issues/73
    length: [3, 12],
    hint: hintUnless(
      /\D/,
      'is all digits; the client code in your Neo profile has letters too, such as AB12C, and the numeric one is another',
    ),
  }),
  pin({
    name: 'mpin',
    label: 'MPIN',
    help: 'The digits that open the Kotak Neo app, six for most.',
    ...envOf(prefixes, 'MPIN'),
    length: [4, 6],
    hint: hintUnless(/^\d{6}$/, 'is shorter than the usual six digits; a wrong one counts at Kotak'),
  }),
  totpSecret({
    label: 'TOTP setup key',
    help: 'Shown beside the QR code under TOTP Registration in the API Dashboard, for five minutes.',
    ...envOf(prefixes, 'TOTP_SECRET TOTP_KEY TOTP_SEED TOTP'),
  }),
]
