import { expect, test } from 'vitest'
import { expectReply } from '../test-client.ts'
import {
  DEAD_ONE_TIME_TOKEN,
  DEAD_SESSION,
  fault,
  NO_ACCESS,
  NO_MARGIN,
  startForTest,
} from './test-client.ts'

test('the margin wants the app and a session token', async () => {
  const { broker, client } = await startForTest()
  const token = await client.sessionToken()
  const response = await client.margin(token)
  expect([response.status, await response.json()]).toEqual([200, NO_MARGIN])
  await expectReply(client.margin(''), 400, fault(400, 'Missing header sessiontoken'))
  await expectReply(client.margin(token, { Accept: 'text/html' }), 400, fault(400))
  for (const sessionToken of ['0'.repeat(32), token.slice(0, -1)]) {
    await expectReply(client.margin(sessionToken), 403, DEAD_SESSION)
  }
  for (const headers of [{ Authorization: `Bearer ${token}` }, { consumerKey: 'another' }]) {
    await expectReply(client.margin(token, headers), 401, NO_ACCESS)
  }
  expect(broker.accepts({ session_token: token })).toBe(true)
  expect(broker.accepts({ access_token: token })).toBe(false)
})

test.each([
  ['08:30', Date.UTC(2026, 0, 5, 3, 0), 15.5 * 3_600_000],
  ['23:59', Date.UTC(2026, 0, 5, 18, 29), 60_000],
  ['00:00', Date.UTC(2026, 0, 5, 18, 30), 24 * 3_600_000],
])('a session that began at %s in India ends at the next midnight', async (_, madeAt, lifetimeMs) => {
  const { clock, client } = await startForTest()
  clock.ms = madeAt
  const token = await client.sessionToken()
  clock.ms = madeAt + lifetimeMs - 1
  await expectReply(client.margin(token), 200, NO_MARGIN)
  clock.ms += 1
  await expectReply(client.margin(token), 403, DEAD_SESSION)
})

test('signing out everywhere ends sessions made up to then, half-done ones too', async () => {
  const { broker, client } = await startForTest()
  const before = await client.sessionToken()
  const oneTimeToken = await client.oneTimeToken()
  broker.endSessions()
  await expectReply(client.margin(before), 403, DEAD_SESSION)
  await expectReply(client.withoutCode(oneTimeToken), 401, DEAD_ONE_TIME_TOKEN)
  await expectReply(client.margin(await client.sessionToken()), 200, NO_MARGIN)
})
