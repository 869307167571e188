import { expect, test } from 'vitest'
import { expectReply } from '../test-client.ts'
import { startForTest } from './test-client.ts'

const DEAD_TOKEN = {
  status: 'error',
  message: 'Incorrect `api_key` or `access_token`.',
  data: null,
  error_type: 'TokenException',
}
const DEAD_REQUEST_TOKEN = { message: 'Token is invalid or has expired.', error_type: 'TokenException' }
const PROFILE = {
  user_id: 'PR0001',
  user_type: 'individual',
  email: 'practice@example.com',
  user_name: 'Practice Trader',
  user_shortname: 'Practice',
  broker: 'ZERODHA',
  exchanges: ['NSE', 'NFO', 'BFO', 'CDS', 'BSE', 'MCX', 'BCD', 'MF'],
  products: ['CNC', 'NRML', 'MIS', 'BO', 'CO'],
  order_types: ['MARKET', 'LIMIT', 'SL', 'SL-M'],
  avatar_url: null,
  meta: { demat_consent: 'physical' },
}

test('a request token is exchanged for the whole session', async () => {
  const { broker, client } = await startForTest()
  const response = await client.exchange(await client.requestToken())
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({
    status: 'success',
    data: {
      ...PROFILE,
      api_key: 'practicekey00000',
      access_token: expect.stringMatching(/^[a-z0-9]{32}$/),
      public_token: expect.stringMatching(/^\w{32}$/),
      refresh_token: '',
      enctoken: expect.stringMatching(/^[\w+/]{86}==$/),
      login_time: '2026-01-05 08:30:00',
    },
  })
  expect(broker.loginsCompleted).toBe(1)
})

test('the exchange wants the version header, a form, the key, and the right checksum', async () => {
  const { broker, client } = await startForTest()
  const request_token = await client.requestToken()
  const { api_key } = broker.credentials
  const fields = { api_key, request_token, checksum: '0'.repeat(64) }
  const route = 'POST /session/token'
  await expectReply(client.api(route, fields, { 'x-kite-version': '2' }), 400, {
    message: 'Missing or unknown X-Kite-Version header',
  })
  await expectReply(client.api(route, fields, { 'content-type': 'text/plain' }), 400, {
    message: 'Expected application/x-www-form-urlencoded',
  })
  await expectReply(client.api(route, { ...fields, api_key: 'another' }), 400, {
    message: 'Invalid `api_key`.',
  })
  for (const field of Object.keys(fields)) {
    await expectReply(client.api(route, { ...fields, [field]: '' }), 400, { error_type: 'InputException' })
  }
  await expectReply(client.api(route, fields), 403, {
    message: 'Invalid `checksum`.',
    error_type: 'TokenException',
  })
  expect(broker.loginsCompleted).toBe(0)
  await expectReply(client.exchange(request_token), 200, { status: 'success' })
})

test('a request token is good once, and for five minutes', async () => {
  const { broker, clock, client } = await startForTest()
  await expectReply(client.exchange('0'.repeat(32)), 403, DEAD_REQUEST_TOKEN)
  const first = await client.requestToken()
  clock.ms += 5 * 60_000 - 1
  await expectReply(client.exchange(first), 200, { status: 'success' })
  await expectReply(client.exchange(first), 403, DEAD_REQUEST_TOKEN)
  const late = await client.requestToken()
  clock.ms += 5 * 60_000
  await expectReply(client.exchange(late), 403, DEAD_REQUEST_TOKEN)
  expect(broker.loginsCompleted).toBe(1)
})

test('an app whose subscription has lapsed gets no token', async () => {
  const lapsed = 'Invalid API key or access token'
  const { broker, client } = await startForTest({ lapsed })
  const refused = { message: lapsed, error_type: 'TokenException' }
  await expectReply(client.exchange(await client.requestToken()), 403, refused)
  expect(broker.loginsCompleted).toBe(0)
})

test('the exchange may leave out whose the token is', async () => {
  const { client } = await startForTest({ namesUser: false })
  const session = await client.exchange(await client.requestToken())
  expect(await session.text()).not.toContain('user_id')
})

test('the profile wants the version header and key and token in one scheme', async () => {
  const { client } = await startForTest()
  const token = await client.accessToken()
  const profile = (headers: Record<string, string>) => client.api('GET /user/profile', undefined, headers)
  const good = `token practicekey00000:${token}`
  const response = await profile({ authorization: good })
  expect([response.status, await response.json()]).toEqual([200, { status: 'success', data: PROFILE }])
  await expectReply(profile({ authorization: good, 'x-kite-version': '' }), 400, {
    error_type: 'InputException',
  })
  for (const authorization of [
    '',
    token,
    `Bearer practicekey00000:${token}`,
    `enctoken ${token}`,
    `token another:${token}`,
    `token practicekey00000:${token}x`,
    `token practicekey00000:${token.slice(0, -1)}`,
    'token practicekey00000:',
  ]) {
    await expectReply(profile({ authorization }), 403, DEAD_TOKEN)
  }
})
