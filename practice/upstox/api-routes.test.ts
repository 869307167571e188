import { expect, test } from 'vitest'
import { expectReply } from '../test-client.ts'
import { startForTest } from './test-client.ts'

const refusal = (code: string, message: unknown = expect.any(String)) => ({
  status: 'error',
  errors: [{ errorCode: code, error_code: code, message }],
})
const DEAD_TOKEN = refusal('UDAPI100050', 'Invalid token used to access API')
const DEAD_CODE = refusal('UDAPI100057', 'Invalid Auth code')
const PERSON = {
  email: 'practice@example.com',
  exchanges: ['NSE', 'NFO', 'BSE', 'BFO', 'CDS'],
  products: ['I', 'D', 'CO'],
  broker: 'UPSTOX',
  user_id: 'PR0001',
  user_name: 'Practice Trader',
  order_types: ['MARKET', 'LIMIT', 'SL', 'SL-M'],
  user_type: 'individual',
  poa: false,
  ddpi: false,
  is_active: true,
}

test('a code is exchanged for a token in a flat reply', async () => {
  const { broker, client } = await startForTest()
  await client.signIn()
  const response = await client.exchange(await client.code())
  expect([response.status, await response.json()]).toEqual([
    200,
    { ...PERSON, access_token: expect.stringMatching(/^eyJ[\w-]+\.eyJ[\w-]+\.[a-z0-9]{32}$/) },
  ])
  expect(broker.loginsCompleted).toBe(1)
})

test.each<[string, Record<string, string>, Record<string, string>, number, string]>([
  ['without a field', { client_secret: '' }, {}, 400, 'UDAPI100036'],
  ['without a client_id', { client_id: '' }, {}, 400, 'UDAPI100036'],
  ['without a redirect_uri', { redirect_uri: '' }, {}, 400, 'UDAPI100036'],
  ['with another grant_type', { grant_type: 'password' }, {}, 400, 'UDAPI100036'],
  ['with a cookie', {}, { cookie: 'practice_session=0' }, 400, 'UDAPI100036'],
  ['for any type of reply', {}, { accept: '*/*' }, 400, 'UDAPI100036'],
  ['for another app', { client_id: 'another' }, {}, 401, 'UDAPI100068'],
  ['with a longer URL', { redirect_uri: 'http://127.0.0.1:9/registered-redirect/' }, {}, 401, 'UDAPI100068'],
  ['with a wrong secret', { client_secret: 'wrong' }, {}, 401, 'UDAPI100016'],
])('an exchange %s is refused and uses the code up', async (_, changes, headers, status, errorCode) => {
  const { broker, client } = await startForTest()
  await client.signIn()
  const code = await client.code()
  await expectReply(client.exchange(code, changes, headers), status, refusal(errorCode))
  await expectReply(client.exchange(code), 400, DEAD_CODE)
  expect(broker.loginsCompleted).toBe(0)
  await expectReply(client.exchange(await client.code()), 200, PERSON)
})

test('only a form is read', async () => {
  const { client } = await startForTest()
  await client.signIn()
  const headers = { 'content-type': 'text/plain' }
  await expectReply(client.exchange(await client.code(), {}, headers), 400, refusal('UDAPI100036'))
})

test('a code is good once, and for five minutes', async () => {
  const { broker, clock, client } = await startForTest()
  await client.signIn()
  await expectReply(client.exchange('0'.repeat(32)), 400, DEAD_CODE)
  const first = await client.code()
  clock.ms += 5 * 60_000 - 1
  await expectReply(client.exchange(first), 200, PERSON)
  await expectReply(client.exchange(first), 400, DEAD_CODE)
  const late = await client.code()
  clock.ms += 5 * 60_000
  await expectReply(client.exchange(late), 400, DEAD_CODE)
  const signedOut = await client.code()
  broker.endSessions()
  await expectReply(client.exchange(signedOut), 400, DEAD_CODE)
  expect(broker.loginsCompleted).toBe(1)
})

test('an inactive app gets no token either', async () => {
  const { client } = await startForTest({ appActive: false })
  await client.signIn()
  await expectReply(client.exchange(await client.code()), 401, refusal('UDAPI100073'))
})

test('the profile wants the whole token as a bearer', async () => {
  const { broker, client } = await startForTest()
  const token = await client.accessToken()
  const response = await client.profile(token)
  expect([response.status, await response.json()]).toEqual([200, { status: 'success', data: PERSON }])
  const signature = token.split('.')[2] ?? ''
  for (const authorization of [
    '',
    token,
    `token ${token}`,
    `Bearer ${token}x`,
    `Bearer ${token.slice(0, -1)}`,
    `Bearer ${signature}`,
    `Bearer e30.e30.${signature}`,
    `Bearer ${token.replace('eyJ', 'eyX')}`,
  ]) {
    await expectReply(client.withToken('GET', '/v2/user/profile', authorization), 401, DEAD_TOKEN)
  }
  expect([{ access_token: token }, { access_token: '' }, {}].map((bundle) => broker.accepts(bundle))).toEqual(
    [true, false, false],
  )
})

test.each([
  ['02:30', Date.UTC(2026, 0, 4, 21, 0), 3_600_000],
  ['03:30', Date.UTC(2026, 0, 4, 22, 0), 24 * 3_600_000],
  ['08:30', Date.UTC(2026, 0, 5, 3, 0), 19 * 3_600_000],
  ['23:30', Date.UTC(2026, 0, 5, 18, 0), 4 * 3_600_000],
])('a token made at %s in India dies at the next 03:30', async (_, madeAt, lifetimeMs) => {
  const { broker, clock, client } = await startForTest()
  clock.ms = madeAt
  const token = await client.accessToken()
  clock.ms = madeAt + lifetimeMs - 1
  await expectReply(client.profile(token), 200, { status: 'success' })
  clock.ms += 1
  await expectReply(client.profile(token), 401, DEAD_TOKEN)
  expect(broker.accepts({ access_token: token })).toBe(false)
})

test('a token that logged out is dead, and only that one', async () => {
  const { clock, client } = await startForTest()
  const first = await client.accessToken()
  clock.ms += 30_000
  const second = await client.accessToken()
  const logout = (authorization: string) => client.withToken('DELETE', '/v2/logout', authorization)
  await expectReply(logout(first), 401, DEAD_TOKEN)
  await expectReply(client.profile(first), 200, { status: 'success' })
  await expectReply(logout(`Bearer ${first}`), 200, { status: 'success', data: true })
  await expectReply(client.profile(first), 401, DEAD_TOKEN)
  await expectReply(logout(`Bearer ${first}`), 401, DEAD_TOKEN)
  await expectReply(client.profile(second), 200, { status: 'success' })
})

test('signing out everywhere ends tokens made up to then, and none made after', async () => {
  const { broker, clock, client } = await startForTest()
  const before = await client.accessToken()
  broker.endSessions()
  await expectReply(client.profile(before), 401, DEAD_TOKEN)
  clock.ms += 30_000
  const after = await client.accessToken()
  await expectReply(client.profile(after), 200, { status: 'success' })
  broker.unblock()
  await expectReply(client.profile(after), 401, DEAD_TOKEN)
})
