import { brokerConformance } from '../../../../tests/support/broker-conformance.ts'

brokerConformance('kite-connect', {
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
    app: {
      typed: { api_secret: 'an0ther0secret0of0this0app000000' },
      kind: 'app-config',
      next: 'developers.kite.trade',
    },
  },
  locked: { kind: 'account-locked', words: 'blocked', spent: { password: 1, code: 0 } },
  refusals: {
    // The other rows are those of the tests in core/brokers/kite and of app-refusals.test.ts.
    'a token that is refused at once': {
      at: 'GET /user/profile',
      status: 403,
      json: {
        status: 'error',
        message: 'Incorrect `api_key` or `access_token`.',
        error_type: 'TokenException',
      },
      kind: 'protocol-changed',
    },
  },
  redirects: ['GET /connect/login', 'GET /connect/finish'],
  expires: '2026-11-22T00:30:00.000Z',
})
