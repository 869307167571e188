import { earliest, istMoment } from '../../time/expiry.ts'
import type { Broker } from '../broker.ts'
import { digits, hintUnless, pin, setting, totpSecret } from '../kit/fields.ts'
import { lazyCalls } from '../kit/lazy-calls.ts'
import { documentedLogin, envOf, exportsOf } from '../kit/names.ts'

const calls = () => import('./calls.ts')
const prefixes = 'DHAN DHANHQ'
const tokenFields = ['access_token', 'client_id'] as const
const optionalTokenFields = ['expiry_time']
const DAY_MS = 24 * 60 * 60_000

const terms = documentedLogin(
  'Dhan',
  'PIN and your TOTP secret',
  'DhanHQ documents, “Authentication”: dhanhq.co/docs/v2/authentication',
)

/** Describes Dhan by the login that DhanHQ documents for programs: https://dhanhq.co/docs/v2/authentication */
export const dhan: Broker = {
  id: 'dhan',
  name: 'Dhan',
  initials: 'DH',
  colour: '#1f7a4d',
  fields: [
    setting({
      name: 'client_id',
      label: 'Client ID',
      help: 'The ten digits in Dhan Web under My Profile, such as 1000000001; not your mobile number.',
      ...envOf(prefixes, 'CLIENT_ID CLIENTID CLIENT_CODE USER_ID'),
      normalise: digits(6, 12),
      hint: hintUnless(/^\d{10}$/, 'does not have the ten digits of Dhan’s; it is kept as it is'),
    }),
    pin({
      name: 'pin',
      label: 'PIN',
      help: 'The PIN that you log in to Dhan with.',
      ...envOf(prefixes, 'PIN MPIN'),
      length: [4, 6],
    }),
    totpSecret({
      help: 'Shown when you set up TOTP in Dhan Web: My Profile, DhanHQ Trading APIs, Setup TOTP.',
      ...envOf(prefixes, 'TOTP_SECRET TOTP_KEY TOTP_SEED TOTP'),
    }),
  ],
  identity: 'client_id',
  endpoints: { auth: 'https://auth.dhan.co', api: 'https://api.dhan.co' },
  pages: { login: 'https://web.dhan.co' },
  terms: {
    ...terms,
    sentence: `${terms.sentence} Each new token ends the one before, also one that you or a program got elsewhere.`,
  },
  endsOtherSessions: true,
  // “Token can be generated once every 2 minutes.”, and a refused try starts the time anew; some seconds are for
  // clocks.
  loginLimits: [{ logins: 1, withinMs: 130_000 }],
  // A new token has been refused in its first seconds.
  newTokenSettlesMs: 3_000,
  steps: [
    { id: 'login', label: 'Checking PIN and TOTP code' },
    { id: 'probe', label: 'Trying the token' },
  ],
  tokenFields,
  optionalTokenFields,
  // The names that https://github.com/dhan-oss/DhanHQ-py takes.
  exports: exportsOf('DHAN', [...tokenFields, ...optionalTokenFields]),
  // A day since October 2025. The reply's own end names no zone, so the earlier reading of it counts.
  expiresAt: (issuedAt, { expiry_time: end }) =>
    earliest(issuedAt + DAY_MS, end === undefined ? null : istMoment(end.reveal())),
  replyCodes: [
    ...['DH-901', 'DH-902', 'DH-904', 'DH-905', 'Invalid_Authentication'],
    ...['401', '805', '806', '807', '808', '809', '810', '820', '821'],
  ],
  ...lazyCalls(calls),
  refresh: async (context, token) => (await calls()).refresh(context, token),
  revoke: null,
}
