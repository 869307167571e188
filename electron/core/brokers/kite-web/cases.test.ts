import { brokerConformance } from '../../../../tests/support/broker-conformance.ts'

brokerConformance('kite-web', {
  wrong: {
    password: {
      typed: { password: 'another password' },
      kind: 'bad-credentials',
      next: 'kite.zerodha.com',
      spent: { password: 1, code: 0 },
    },
    code: {
      typed: { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' },
      kind: 'bad-totp',
      next: 'authenticator app',
      spent: { password: 0, code: 2 },
    },
  },
  locked: { kind: 'account-locked', words: 'blocked', spent: { password: 1, code: 0 } },
  refusals: {
    // The other rows are those of the tests in core/brokers/kite.
    'a token that is refused at once': {
      at: 'GET /oms/user/profile',
      status: 403,
      json: {
        status: 'error',
        message: 'Incorrect `api_key` or `access_token`.',
        error_type: 'TokenException',
      },
      kind: 'protocol-changed',
    },
  },
  expires: null,
})
