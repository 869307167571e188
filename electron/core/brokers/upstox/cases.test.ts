import { brokerConformance } from '../../../../tests/support/broker-conformance.ts'
import { routes } from '../../../../tests/support/upstox-morning.ts'

const { open, number, code, pin, approve, exchange, probe } = routes

brokerConformance('upstox', {
  wrong: {
    password: {
      typed: { pin_code: '654321' },
      kind: 'bad-credentials',
      next: 'Upstox app',
      spent: { password: 1, code: 0 },
    },
    code: {
      typed: { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' },
      kind: 'bad-totp',
      next: 'authenticator app',
      // Upstox counts the codes, so no second one is sent.
      spent: { password: 0, code: 1 },
    },
    app: {
      typed: { client_secret: 'another000' },
      kind: 'app-config',
    },
  },
  locked: { kind: 'account-locked', spent: { password: 0, code: 0 } },
  refusals: {
    // The other rows are those of refusals.test.ts.
    'an app that Upstox has made inactive': {
      at: exchange,
      status: 400,
      json: { status: 'error', errors: [{ errorCode: 'UDAPI100073', message: 'The client_id is inactive' }] },
      kind: 'app-config',
      words: 'inactive',
      next: 'active one',
    },
  },
  routes: [open, number, code, pin, approve, exchange, probe],
  redirects: [open],
  expires: '2026-11-21T22:00:00.000Z',
})
