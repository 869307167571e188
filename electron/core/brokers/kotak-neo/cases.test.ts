import { brokerConformance } from '../../../../tests/support/broker-conformance.ts'

const CODE = 'POST /login/1.0/tradeApiLogin'

brokerConformance('kotak-neo', {
  wrong: {
    password: {
      typed: { mpin: '654321' },
      kind: 'bad-credentials',
      words: 'Invalid MPIN',
      next: 'Kotak Neo app',
      spent: { password: 1, code: 0 },
    },
    code: {
      typed: { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' },
      kind: 'bad-totp',
      words: 'Invalid TOTP',
      next: 'authenticator app',
      spent: { password: 0, code: 2 },
    },
    app: {
      typed: { consumer_key: '11111111-aaaa-4aaa-8aaa-000000000000' },
      kind: 'app-config',
      words: 'Invalid Credentials',
      next: 'API Dashboard',
    },
  },
  locked: { kind: 'account-locked', words: 'locked', next: 'MPIN', spent: { password: 0, code: 1 } },
  refusals: {
    // The other rows are those of refusals.test.ts.
    'a header that is missing': {
      at: CODE,
      status: 400,
      json: { error: [{ code: '10512', message: 'Required header not found.' }] },
      kind: 'protocol-changed',
      words: 'header',
    },
  },
  expires: '2026-11-21T18:30:00.000Z',
})
