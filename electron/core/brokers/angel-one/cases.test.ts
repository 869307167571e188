import { brokerConformance } from '../../../../tests/support/broker-conformance.ts'

const LOGIN = 'POST /rest/auth/angelbroking/user/v1/loginByPassword'
const PROFILE = 'GET /rest/secure/angelbroking/user/v1/getProfile'
const both = { password: 1, code: 1 }
const refused = (errorcode: string, message: string) => ({ status: false, message, errorcode, data: null })

brokerConformance('angel-one', {
  wrong: {
    password: {
      typed: { pin: '1937' },
      kind: 'bad-credentials',
      words: 'password',
      next: 'app',
      spent: both,
    },
    code: {
      typed: { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' },
      kind: 'bad-totp',
      words: 'Invalid totp',
      next: 'client code and PIN',
      spent: both,
    },
    app: { typed: { api_key: 'OtherKey' }, kind: 'app-config', words: 'API Key', next: 'My Apps' },
    'another client code': {
      typed: { client_code: 'P654321' },
      kind: 'bad-credentials',
      words: 'login id',
      spent: both,
    },
  },
  locked: { kind: 'account-locked', words: 'blocked', spent: both },
  refusals: {
    'TOTP that is not enabled, or the trading password in place of the PIN': {
      at: LOGIN,
      status: 200,
      json: refused('AB1000', 'LoginByPassword is not allowed. Please switch to Login by MPIN now.'),
      kind: 'bad-credentials',
      next: 'enable-totp',
      spent: both,
    },
    'trouble at Angel One': {
      at: LOGIN,
      status: 200,
      json: refused('AB1004', 'Something Went Wrong, Please Try After Sometime'),
      kind: 'budget-spent',
      spent: both,
    },
    'too many requests under 403': {
      at: LOGIN,
      status: 403,
      json: { message: 'Access denied because of exceeding access rate' },
      kind: 'rate-limited',
    },
    'a session without a token': {
      at: LOGIN,
      status: 200,
      json: { status: true, message: 'SUCCESS', errorcode: '', data: {} },
      kind: 'protocol-changed',
      spent: both,
    },
    'a token that is refused at once': {
      at: PROFILE,
      status: 200,
      json: { success: false, message: 'Invalid Token', errorCode: 'AG8001', data: '' },
      kind: 'protocol-changed',
      words: 'Invalid Token',
    },
    'the profile of another client': {
      at: PROFILE,
      status: 200,
      json: { status: true, message: 'SUCCESS', errorcode: '', data: { clientcode: 'P999999' } },
      kind: 'protocol-changed',
    },
  },
  // Midnight in India: the token itself names an end years away.
  expires: '2026-11-21T18:30:00.000Z',
})
