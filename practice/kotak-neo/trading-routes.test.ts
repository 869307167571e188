import { expect, test } from 'vitest'
import { JwtTokens } from '../kit/jwt-tokens.ts'
import { expectReply } from '../test-client.ts'
import { HEADER_MISSING, NO_ACCESS, NO_ORDERS, startForTest, SESSION_ENDED } from './test-client.ts'
import type { Session } from './sessions.ts'

const HOUR_MS = 3_600_000

function claimsIn({ token }: Session): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

test('a trade session shows that there are no orders', async () => {
  const { client } = await startForTest()
  const response = await client.orders(await client.trade())
  expect([response.status, await response.json()]).toEqual([200, NO_ORDERS])
})

test('every header is required, and the two halves of one session', async () => {
  const { clock, client } = await startForTest()
  const first = await client.trade()
  clock.ms += 30_000
  const second = await client.trade()
  clock.ms += 30_000
  const view = await client.view()
  for (const name of ['Auth', 'Sid', 'neo-fin-key']) {
    await expectReply(client.orders(first, { [name]: '' }), 400, HEADER_MISSING)
  }
  await expectReply(client.orders(first, { 'neo-fin-key': 'another' }), 400, {
    message: 'Invalid neo-fin-key',
  })
  const others = new JwtTokens(['another key'], Date.now, () => 4_000_000_000_000)
  const forged = others.mint({ sid: first.sid })
  for (const [token, sid] of [
    [first.token, second.sid],
    [second.token, first.sid],
    [view.token, view.sid],
    [view.token, first.sid],
    [`Bearer ${first.token}`, first.sid],
    [first.token.slice(0, -1), first.sid],
    [`${first.token}.more`, first.sid],
    [forged, first.sid],
    ['another', first.sid],
  ] as const) {
    await expectReply(client.orders({ token, sid }), 401, NO_ACCESS)
  }
  await expectReply(client.orders(first), 200, NO_ORDERS)
  await expectReply(client.orders(second), 200, NO_ORDERS)
})

test.each([
  ['08:30', Date.UTC(2026, 0, 5, 3, 0), 15.5 * HOUR_MS],
  ['23:59', Date.UTC(2026, 0, 5, 18, 29), HOUR_MS / 60],
  ['00:00', Date.UTC(2026, 0, 5, 18, 30), 24 * HOUR_MS],
])('a session opened at %s in India ends at the next midnight, and says so', async (_, madeAt, lifeMs) => {
  const { broker, clock, client } = await startForTest()
  clock.ms = madeAt
  const session = await client.trade()
  const exp = (madeAt + lifeMs) / 1000
  expect(claimsIn(session)).toEqual({ sid: session.sid, iat: madeAt / 1000, exp })
  clock.ms = madeAt + lifeMs - 1
  await expectReply(client.orders(session), 200, NO_ORDERS)
  clock.ms += 1
  await expectReply(client.orders(session), 200, SESSION_ENDED)
  expect(broker.accepts({ ...session })).toBe(false)
})

test('the life of a token can be another', async () => {
  const { clock, client } = await startForTest({ tokenLifeMs: HOUR_MS })
  const session = await client.trade()
  expect(claimsIn(session)).toMatchObject({ exp: (clock.ms + HOUR_MS) / 1000 })
  clock.ms += HOUR_MS - 1
  await expectReply(client.orders(session), 200, NO_ORDERS)
  clock.ms += 1
  await expectReply(client.orders(session), 200, SESSION_ENDED)
})

test('a session from another address, and an address that is not whitelisted, are refused', async () => {
  const elsewhere = await startForTest({ sessionIpRefused: true })
  const session = await elsewhere.client.trade()
  await expectReply(elsewhere.client.orders(session), 200, {
    stat: 'Not_Ok',
    stCode: 1037,
    errMsg: expect.stringContaining('session ip do'),
  })
  await expectReply(elsewhere.client.orders({ ...session, token: 'another' }), 401, NO_ACCESS)

  const stranger = await startForTest({ ipNotAllowed: true })
  await expectReply(stranger.client.orders(await stranger.client.trade()), 200, {
    stat: 'Not_Ok',
    stCode: 100008,
    errMsg: 'unauthorized',
  })
})

test('orders are shown to the address that logged in, and refused to any other', async () => {
  let address = '203.0.113.7'
  const { clock, client } = await startForTest({ seenAs: () => address })
  const session = await client.trade()
  await expectReply(client.orders(session), 200, NO_ORDERS)
  address = '198.51.100.4'
  await expectReply(client.orders(session), 200, { stat: 'Not_Ok', stCode: 1037 })
  clock.ms += 30_000
  await expectReply(client.orders(await client.trade()), 200, NO_ORDERS)
})

test('a trade session is told which address Kotak sees, in a list; a view session is not', async () => {
  const { clock, client } = await startForTest({ seenAs: (peer) => `${peer} seen` })
  const trade = await client.trade()
  clock.ms += 30_000
  const view = await client.view()
  await expectReply(client.clientIp(trade), 200, {
    data: [{ ip: '127.0.0.1 seen', time: expect.any(String) }],
    stCode: 1000,
    status: 'success',
  })
  await expectReply(client.clientIp(view), 401, NO_ACCESS)
  await expectReply(client.clientIp(trade, { Authorization: 'Bearer key' }), 401, NO_ACCESS)
  await expectReply(client.clientIp(trade, { Sid: '' }), 400, HEADER_MISSING)
})

test('signing out everywhere ends sessions opened up to then, half-done ones too', async () => {
  const { broker, clock, client } = await startForTest()
  const before = await client.trade()
  clock.ms += 30_000
  const view = await client.view()
  expect(broker.accepts({ ...before, base_url: broker.endpoints.api })).toBe(true)
  broker.endSessions()
  expect(broker.accepts({ ...before })).toBe(false)
  await expectReply(client.orders(before), 200, SESSION_ENDED)
  await expectReply(client.validate(view), 401, NO_ACCESS)
  clock.ms += 30_000
  await expectReply(client.orders(await client.trade()), 200, NO_ORDERS)
})
