import { earliest, endOfIstDay, jwtExpiry } from '../../time/expiry.ts'
import type { Broker } from '../broker.ts'
import { appSecret, hintUnless, pin, setting, totpSecret, userId } from '../kit/fields.ts'
import { lazyCalls } from '../kit/lazy-calls.ts'
import { documentedLogin, envOf, exportsOf } from '../kit/names.ts'

const calls = () => import('./calls.ts')
const prefixes = 'FIVEPAISA FIVE_PAISA'
const tokenFields = ['access_token', 'client_code', 'user_key'] as const
const MINUTE_MS = 60_000
const keys = 'At xstream.5paisa.com under API keys'

/** Describes 5paisa by the TOTP login of https://xstream.5paisa.com/dev-docs/user-authentication-system/login */
export const fivePaisa: Broker = {
  id: '5paisa',
  name: '5paisa',
  initials: '5P',
  colour: '#9a5b00',
  fields: [
    appSecret({
      name: 'user_key',
      label: 'User Key',
      help: `${keys}, also called App Key. 5paisa refuses TOTP logins with a partner’s key.`,
      ...envOf(prefixes, 'USER_KEY USERKEY APP_KEY VENDOR_KEY'),
      hint: hintUnless(
        /^[A-Za-z\d]{32}$/,
        'does not have the 32 letters and digits of 5paisa’s; it is kept as it is',
      ),
    }),
    appSecret({
      name: 'encryption_key',
      label: 'Encryption Key',
      help: `${keys}, beside the User Key.`,
      ...envOf(prefixes, 'ENCRYPTION_KEY ENCRYPTIONKEY ENCRY_KEY ENCRYKEY'),
    }),
    setting({
      name: 'user_id',
      label: 'User ID',
      help: `${keys}, of the same set. It is not the client code.`,
      ...envOf(prefixes, 'USER_ID USERID'),
    }),
    userId({
      name: 'client_code',
      label: 'Client code',
      help: 'In the 5paisa app under Profile, such as 50123456. TokenTray logs in with it.',
      ...envOf(prefixes, 'CLIENT_CODE CLIENTCODE CLIENT_ID'),
      example: '50123456',
    }),
    pin({
      name: 'pin',
      label: 'PIN',
      help: 'The six-digit PIN that opens the 5paisa app. A leading zero counts.',
      ...envOf(prefixes, 'PIN MPIN'),
      length: [6],
    }),
    totpSecret({
      help: 'Shown beside the QR code when you enable TOTP at xstream.5paisa.com.',
      ...envOf(prefixes, 'TOTP_SECRET TOTP_KEY TOTP_SEED TOTP'),
    }),
  ],
  identity: 'client_code',
  endpoints: { api: 'https://Openapi.5paisa.com/VendorsAPI/Service1.svc' },
  pages: { login: 'https://xstream.5paisa.com' },
  terms: documentedLogin(
    '5paisa',
    'PIN and your TOTP secret',
    'Xstream documents: xstream.5paisa.com/dev-docs/user-authentication-system/login',
  ),
  steps: [
    { id: 'login', label: 'Checking PIN and TOTP code' },
    { id: 'token', label: 'Getting the token' },
    { id: 'probe', label: 'Trying the token' },
  ],
  tokenFields,
  exports: exportsOf('FIVEPAISA', tokenFields),
  // At 23:59: https://xstream.5paisa.com/dev-docs/user-authentication-system/access-token
  expiresAt: (issuedAt, { access_token: token }) =>
    earliest(endOfIstDay(issuedAt) - MINUTE_MS, token === undefined ? null : jwtExpiry(token)),
  replyCodes: ['-1', '0', '1', '2', '9'],
  ...lazyCalls(calls),
  revoke: null,
}
