import { expect, test } from 'vitest'
import {
  asked,
  expectReply,
  fieldIn,
  stopAfterTest,
  MONDAY_MORNING,
  postJson,
  type Texts,
} from './test-client.ts'
import { kotakTradeModel, startKotakTrade } from './kotak-trade.ts'
import { NO_MARGIN, startForTest } from './kotak-trade/test-client.ts'
import type { TradeCredentials } from './kotak-trade/credentials.ts'

test('a whole login, written out', async () => {
  const broker = await stopAfterTest(startKotakTrade({ now: () => MONDAY_MORNING }))
  const { api } = broker.endpoints
  const { access_token, app_id, consumer_key, ip, password, userid } = broker.credentials
  const headers = {
    Authorization: `Bearer ${access_token}`,
    Accept: 'application/json',
    consumerKey: consumer_key,
    ip,
    appId: app_id,
  }
  const post = (path: string, fields: object, more: Texts = {}) =>
    postJson(`${api}${path}`, JSON.stringify(fields), { ...headers, ...more }).then((reply) => reply.text())

  const init = await fetch(`${api}/session/1.0/session/init`, { headers: { ...headers, userid } })
  expect(fieldIn(await init.text(), 'host')).toBe(api)
  const halfWay = await post('/session/1.0/session/login/userid', { userid, password })
  const oneTimeToken = fieldIn(halfWay, 'oneTimeToken')
  const session = await post('/session/1.0/session/2FA/oneTimeToken', { userid }, { oneTimeToken })
  const sessionToken = fieldIn(session, 'sessionToken')
  const margin = await fetch(`${api}/margin/1.0/margin`, { headers: { ...headers, sessionToken } })
  expect(await margin.json()).toEqual(NO_MARGIN)
  const logout = await fetch(`${api}/session/1.0/session/logout`, {
    method: 'DELETE',
    headers: { ...headers, sessionToken, userid },
  })
  expect(await logout.json()).toEqual({ Success: { message: 'Logout Successful.' } })

  expect(asked(broker)).toEqual([
    'api GET /session/1.0/session/init',
    'api POST /session/1.0/session/login/userid',
    'api POST /session/1.0/session/2FA/oneTimeToken',
    'api GET /margin/1.0/margin',
    'api DELETE /session/1.0/session/logout',
  ])
  for (const secret of [sessionToken, password]) expect(JSON.stringify(broker.requests)).not.toContain(secret)
})

test.each(['Success', 'success'] as const)('the key around a success can always be %s', async (key) => {
  const { client } = await startForTest({ successKey: key })
  const keyIn = (text: string) => /^\{"(\w+)":/.exec(text)?.[1]
  const init = await (await client.init()).text()
  const login = await (await client.login()).text()
  const session = await (await client.withCode(fieldIn(login, 'oneTimeToken'))).text()
  const token = fieldIn(session, 'sessionToken')
  const margin = await (await client.margin(token)).text()
  const logout = await (await client.logout(token)).text()
  expect([init, login, session, margin, logout].map(keyIn)).toEqual([key, key, key, key, key])
})

test('a session outlives a restart on the same credentials, not on others', async () => {
  const { broker, clock, client } = await startForTest()
  const session_token = await client.sessionToken()
  await broker.stop()
  const isAccepted = (credentials: Partial<TradeCredentials>) =>
    kotakTradeModel({ now: () => clock.ms, credentials }).accepts({ session_token })
  expect(isAccepted({})).toBe(true)
  expect(isAccepted({ consumer_key: 'another' })).toBe(false)
  expect(isAccepted({ userid: 'PRACTICE02' })).toBe(false)
})

test('the clock of the Date header can be wrong', async () => {
  const { client } = await startForTest({ dateHeaderOffsetMs: -45_000 })
  expect((await client.init()).headers.get('date')).toBe('Mon, 05 Jan 2026 02:59:15 GMT')
})

test.each([
  [400, 'Invalid or missing input parameters'],
  [401, 'Verify resource and path of the request'],
  [429, 'Too many requests to the API'],
  [500, 'Unexpected error'],
  [503, 'Trade API service is unavailable'],
  [504, 'Gateway timeout, trade API is unreachable'],
])('a fault of status %i speaks Kotak’s envelope', async (status, message) => {
  const { broker, client } = await startForTest()
  broker.fault({ at: 'GET /session/1.0/session/init', kind: 'status', status })
  const description = 'The service is not available right now.'
  await expectReply(client.init(), status, { fault: { code: status, message, description } })
})

test('what is no route is answered in the envelope too', async () => {
  const { broker } = await startForTest()
  const body = { fault: { code: 404, message: 'Route not found', description: 'Route not found' } }
  await expectReply(fetch(`${broker.endpoints.moved}/session/1.0/session`), 404, body)
})
