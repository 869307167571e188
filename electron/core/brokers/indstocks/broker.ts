import { earliest, jwtExpiry, nextIstHour } from '../../time/expiry.ts'
import type { Broker } from '../broker.ts'
import { pin, setting, totpSecret } from '../kit/fields.ts'
import { lazyCalls } from '../kit/lazy-calls.ts'
import { envOf, exportsOf } from '../kit/names.ts'

const calls = () => import('./calls.ts')
const prefixes = 'INDSTOCKS IND_MONEY INDMONEY'
const tokenFields = ['access_token', 'client_id'] as const
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const page = 'www.indstocks.com/app/api-trading/access-tokens'

/** Describes INDstocks (INDmoney) by its login for scripts: https://api-docs.indstocks.com/Users/ */
export const indstocks: Broker = {
  id: 'indstocks',
  name: 'INDstocks',
  initials: 'IN',
  colour: '#00796b',
  fields: [
    setting({
      name: 'client_id',
      label: 'Client ID',
      help: `Shown after Setup TOTP at ${page}. It is neither the access token nor the UCC.`,
      ...envOf(prefixes, 'CLIENT_ID API_KEY'),
      hint: (value) =>
        value.split('.').length === 3
          ? 'looks like an access token; INDstocks shows the Client ID after Setup TOTP'
          : null,
    }),
    pin({
      name: 'mpin',
      label: 'MPIN',
      help: 'The PIN that opens the INDmoney app.',
      ...envOf(prefixes, 'MPIN PIN'),
      length: [4, 6],
    }),
    totpSecret({
      help: `Shown once, at Setup TOTP on ${page}. If it is lost, disable TOTP there and set it up again.`,
      ...envOf(prefixes, 'TOTP_SECRET TOTP_KEY TOTP_SEED TOTP'),
    }),
  ],
  identity: 'client_id',
  // "Only one TOTP-generated token is live at a time": https://api-docs.indstocks.com/Users/
  endsOtherSessions: true,
  loginLimits: [
    // One a minute, and a little more, because a request may be on its way for some seconds.
    { logins: 1, withinMs: 70_000 },
    // Five wrong codes within a quarter of an hour lock for as long, and three such locks for an hour.
    { logins: 4, withinMs: 16 * MINUTE_MS },
  ],
  endpoints: { api: 'https://api.indstocks.com' },
  pages: { login: 'https://www.indstocks.com', developers: `https://${page}` },
  terms: {
    label: 'documented machine login',
    sentence:
      'INDstocks documents this login for scripts. Only one token lives at a time: each login here ends the token ' +
      'before, also that of a program of yours. It needs your MPIN and your TOTP secret on one computer, where two ' +
      'factors are as good as one: whoever can use this computer can log in. Keeping both here is at your own risk.',
    source: 'API documents: api-docs.indstocks.com/Users',
  },
  steps: [
    { id: 'login', label: 'Checking MPIN and TOTP code' },
    { id: 'probe', label: 'Trying the token' },
  ],
  tokenFields,
  optionalTokenFields: ['expires_in'],
  exports: exportsOf('INDSTOCKS', tokenFields),
  // The documents promise 24 hours. A program has seen tokens end at 07:00, and others read the ends that replies name.
  expiresAt: (issuedAt, { access_token: token, expires_in: named }) =>
    earliest(
      issuedAt + DAY_MS,
      (token === undefined ? null : jwtExpiry(token)) ??
        (named === undefined ? null : momentOf(Number(named.reveal()))) ??
        nextIstHour(issuedAt, 7),
    ),
  replyCodes: [
    ...['InputException', 'DataException', 'TokenException', 'UserException', 'NetworkException'],
    ...['ServiceUnavailableException', 'GeneralException'],
  ],
  ...lazyCalls(calls),
  revoke: null,
}

/** Returns epoch seconds or milliseconds as milliseconds; null for a number that is too small to be either. */
const momentOf = (epoch: number): number | null => (epoch > 1e12 ? epoch : epoch > 1e9 ? epoch * 1000 : null)
