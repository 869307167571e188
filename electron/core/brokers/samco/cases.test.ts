import { expect, test } from 'vitest'
import { brokerConformance } from '../../../../tests/support/broker-conformance.ts'
import { brokerMorning, brokerOf } from '../../../../tests/support/broker-morning.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'

const LOGIN = 'POST /session/token'
const WHOAMI = 'GET /ip/whoami'
const refused = (statusMessage: string, errorCode?: string) => ({
  status: 'Failure',
  statusMessage,
  errorCode,
})

brokerConformance('samco', {
  wrong: {
    app: {
      typed: { api_key: 'ab'.repeat(48) },
      kind: 'app-config',
      words: 'Invalid API key',
      next: 'encrypted text of Samco’s mail',
    },
    'a decrypted key': {
      typed: { api_key: 'my-decrypted-key' },
      kind: 'app-config',
      words: 'Invalid API key',
      next: 'as it is',
    },
    'the secret': {
      typed: { api_secret: 'cd'.repeat(48) },
      kind: 'app-config',
      words: 'Invalid API secret',
      next: 'Reveal Secret',
    },
    'a decrypted secret': {
      typed: { api_secret: 'my-decrypted-secret' },
      kind: 'app-config',
      words: 'Invalid API secret format',
      next: 'Reveal Secret',
    },
  },
  locked: { kind: 'account-locked', words: 'blocked', next: 'support@samco.in' },
  refusals: {
    'fields that it does not find': {
      at: LOGIN,
      status: 400,
      json: refused('apiKey and apiSecret are required'),
      kind: 'protocol-changed',
      words: 'are required',
      next: 'update TokenTray',
    },
    'an app that is not active': {
      at: LOGIN,
      status: 401,
      json: refused('Invalid or inactive API key', 'EOAUTH001'),
      kind: 'app-config',
      words: 'inactive',
      next: 'Active',
    },
    'a trading session that does not start': {
      at: LOGIN,
      status: 401,
      json: refused('Unable to start your trading session. Please open the SAMCO mobile app, sign in once.'),
      kind: 'consent-required',
      words: 'Unable to start',
      next: 'Sign in once in the Samco mobile app',
    },
    'the same by its code': {
      at: LOGIN,
      status: 401,
      json: refused('Please retry', 'EOAUTH999'),
      kind: 'consent-required',
      next: 'Samco mobile app',
    },
    'a user without a subscription': {
      at: LOGIN,
      status: 403,
      json: refused('User not subscribed. Please subscribe to access trade API'),
      kind: 'subscription',
      words: 'not subscribed',
      next: 'Subscribe to it at tradeapi.samco.in',
    },
    'an address, by its code': {
      at: LOGIN,
      status: 403,
      json: refused('Not from here', 'EOAUTH009'),
      kind: 'ip-not-allowed',
      next: 'Static IPs',
    },
    'an address, by its words': {
      at: LOGIN,
      status: 403,
      json: refused('The IP is not the registered static IP'),
      kind: 'ip-not-allowed',
      words: 'static IP',
      next: 'Static IPs',
    },
    'errors of validation': {
      at: LOGIN,
      status: 200,
      json: { status: 'Failure', validationErrors: ['apiKey is malformed'] },
      kind: 'protocol-changed',
      words: 'apiKey is malformed',
    },
    'a success without a token': {
      at: LOGIN,
      status: 200,
      json: { status: 'Success', statusMessage: 'Session token generated successfully', sessionToken: '' },
      kind: 'protocol-changed',
    },
    'a token that is refused at once': {
      at: WHOAMI,
      status: 401,
      json: refused('Unauthorized - Invalid token. sessId missing.'),
      kind: 'protocol-changed',
      words: 'sessId missing',
    },
  },
  // Eight in the morning in India, the next day.
  expires: '2026-11-22T02:30:00.000Z',
})

test.each([
  ['EOAUTH015', 'x', 200],
  ['EOAUTH016', 'x', 401],
  ['EOAUTH017', 'x', 403],
  [undefined, 'Unauthorized - Invalid token. sessId missing.', 200],
  [undefined, 'sessId missing.', 200],
  [undefined, 'Session is over', 401],
] as const)('a token refused by %s %s under %i has ended', async (code, words, status) => {
  const { engine, practice } = await brokerMorning('samco')
  await engine.login('samco')
  practice.fault({ kind: 'json', at: WHOAMI, status, value: refused(words, code), times: 1 })
  const { kind } = await loginFailure(engine.probe('samco', new AbortController().signal))
  expect(kind).toBe('token-expired')
})

test('a user whom Samco sends to its app logs in afterwards', async () => {
  const morning = await brokerMorning('samco', { quirks: new Set(['not-signed-in']) })
  expect((await morning.failure()).kind).toBe('consent-required')
  expect(await morning.engine.login('samco')).toBe('obtained')
})

test.each([
  ['not-subscribed', 'subscription'],
  ['inactive-app', 'app-config'],
] as const)('in the mood %s a login ends as %s', async (quirk, kind) => {
  const morning = await brokerMorning('samco', { quirks: new Set([quirk]) })
  expect((await morning.failure()).kind).toBe(kind)
})

test('the addresses that orders may come from are kept after a login', async () => {
  const here = await brokerMorning('samco')
  await here.engine.login('samco')
  expect(here.own().addresses).toMatchObject({ seen: '203.0.113.10', registered: ['203.0.113.10'] })
  const elsewhere = await brokerMorning('samco', { quirks: new Set(['another-address']) })
  await elsewhere.engine.login('samco')
  expect(elsewhere.own().addresses).toMatchObject({ seen: '198.51.100.7', registered: ['203.0.113.10'] })
  const silent = await brokerMorning('samco')
  silent.practice.fault({ kind: 'json', at: WHOAMI, status: 200, value: { status: 'Success' }, times: 2 })
  await silent.engine.login('samco')
  expect(silent.own().token?.seen).toBe('accepted')
  expect(silent.own().addresses).toBeUndefined()
})

test('a token in place of the session token, and one after eight in the morning, are not accepted', async () => {
  const { engine, practice, tokens, clock, endpoints } = await brokerMorning('samco')
  await engine.login('samco')
  const token = (await tokens.bundle('samco'))['session_token']?.reveal() ?? ''
  const ask = (headers: Record<string, string>) => fetch(`${endpoints['api'] ?? ''}/ip/whoami`, { headers })
  expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(401)
  expect((await ask({ 'x-session-token': token })).status).toBe(200)
  clock.advance(24 * 3_600_000)
  expect((await ask({ 'x-session-token': token })).status).toBe(401)
  expect(practice.accepts({ session_token: token })).toBe(false)
})

test('keys are taken as they were mailed, over several lines too, and a short one is only warned of', () => {
  const field = (name: string) => brokerOf('samco').fields.find((one) => one.name === name)
  for (const name of ['api_key', 'api_secret']) {
    expect(field(name)?.normalise?.(` ${'5a'.repeat(30)}\n${'3c'.repeat(18)} `)).toBe(
      '5a'.repeat(30) + '3c'.repeat(18),
    )
    expect(field(name)?.hint?.('5a'.repeat(48))).toBe(null)
    expect(field(name)?.hint?.('short')).toContain('never decrypted')
    expect(() => field(name)?.normalise?.('schlüssel')).toThrow('plain keyboard')
  }
})
