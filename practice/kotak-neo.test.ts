import { expect, test } from 'vitest'
import {
  asked,
  codeAt,
  expectReply,
  fieldIn,
  stopAfterTest,
  MONDAY_MORNING,
  postJson,
  type Texts,
} from './test-client.ts'
import { kotakNeoModel, startKotakNeo } from './kotak-neo.ts'
import { NO_ORDERS, startForTest } from './kotak-neo/test-client.ts'
import { MADE_UP_CREDENTIALS, type NeoCredentials } from './kotak-neo/credentials.ts'

test('a whole login, written out', async () => {
  const broker = await stopAfterTest(startKotakNeo({ now: () => MONDAY_MORNING }))
  const { api } = broker.endpoints
  const { consumer_key, mobile_number, ucc, mpin } = broker.credentials
  const headers = { Authorization: consumer_key, 'neo-fin-key': 'neotradeapi' }

  const post = (path: string, fields: object, more: Texts = {}) =>
    postJson(`${api}${path}`, JSON.stringify(fields), { ...headers, ...more }).then((reply) => reply.text())

  const entered = { mobileNumber: mobile_number, ucc, totp: codeAt(broker, MONDAY_MORNING) }
  const view = await post('/login/1.0/tradeApiLogin', entered)
  const session = { sid: fieldIn(view, 'sid'), Auth: fieldIn(view, 'token') }
  const trade = await post('/login/1.0/tradeApiValidate', { mpin }, session)
  const token = fieldIn(trade, 'token')
  const orders = await fetch(`${fieldIn(trade, 'baseUrl')}/quick/user/orders`, {
    headers: { Auth: token, Sid: fieldIn(trade, 'sid'), 'neo-fin-key': 'neotradeapi' },
  })
  expect(await orders.json()).toEqual(NO_ORDERS)

  expect(asked(broker)).toEqual([
    'api POST /login/1.0/tradeApiLogin',
    'api POST /login/1.0/tradeApiValidate',
    'api GET /quick/user/orders',
  ])
  for (const secret of [token, mpin]) expect(JSON.stringify(broker.requests)).not.toContain(secret)
})

test('the made-up credentials have the shape of real ones', () => {
  expect(MADE_UP_CREDENTIALS).toEqual({
    consumer_key: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    mobile_number: expect.stringMatching(/^\+91\d{10}$/),
    ucc: expect.stringMatching(/^\w{5}$/),
    mpin: expect.stringMatching(/^\d{6}$/),
    totp_secret: 'KOTAKNEOPRACTICEKOTAKNEOPRACTICE',
  })
})

test('a session outlives a restart on the same credentials, not on others', async () => {
  const { broker, clock, client } = await startForTest()
  const session = await client.trade()
  await broker.stop()
  const isAccepted = (credentials: Partial<NeoCredentials>) =>
    kotakNeoModel({ now: () => clock.ms, credentials }).accepts({ ...session })
  expect(isAccepted({})).toBe(true)
  expect(isAccepted({ consumer_key: 'another' })).toBe(false)
  expect(isAccepted({ ucc: 'OTHER' })).toBe(false)
})

test('credentials that are changed at the broker count from then on', async () => {
  const { broker, clock, client } = await startForTest()
  broker.change({ mpin: '654321', totp_secret: 'CHANGEDCHANGEDCHANGEDCHANGEDAAAA' })
  expect(broker.code()).toBe(codeAt(broker, clock.ms))
  await expectReply(client.validate(await client.view(), { mpin: '123456' }), 400, { errMsg: 'Invalid MPIN' })
  clock.ms += 30_000
  await expectReply(client.validate(await client.view()), 200, { data: { kType: 'Trade' } })
})

test('the clock of the Date header can be wrong while the broker’s own is right', async () => {
  const { client } = await startForTest({ dateHeaderOffsetMs: -45_000 })
  const response = await client.login()
  expect(response.headers.get('date')).toBe('Mon, 05 Jan 2026 02:59:15 GMT')
  expect(response.status).toBe(200)
})

test('faults speak one of Kotak’s envelopes', async () => {
  const { broker, client } = await startForTest()
  const at = 'POST /login/1.0/tradeApiLogin'
  for (const status of [400, 429, 500, 503, 504]) {
    broker.fault({ at, kind: 'status', status })
    await expectReply(client.login(), status, { message: 'The service is not available right now.' })
  }
  broker.fault({ at, kind: 'error-200' })
  await expectReply(client.login(), 200, { message: 'Something went wrong.' })
  expect(broker.codesSeen).toEqual([])
  await expectReply(fetch(`${broker.endpoints.api}/login/2.0/logout`), 404, { message: 'Route not found' })
})

test('a code counts as used although the reply was lost', async () => {
  const { broker, client } = await startForTest()
  broker.fault({ at: 'POST /login/1.0/tradeApiLogin', kind: 'reset-after-processing' })
  await expect(client.login()).rejects.toThrow()
  expect(broker.codesSeen).toHaveLength(1)
  await expectReply(client.login(), 400, { errMsg: 'Invalid TOTP' })
})
