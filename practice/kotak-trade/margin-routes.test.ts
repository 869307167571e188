import { expect, test } from 'vitest'
import { expectReply } from '../by-hand.ts'
import { DEAD_ONE_TIME_TOKEN, DEAD_SESSION, fault, NO_ACCESS, NO_MARGIN, practise } from './by-hand.ts'

test('the margin wants the app and a session token', async () => {
  const { broker, hand } = await practise()
  const token = await hand.sessionToken()
  const response = await hand.margin(token)
  expect([response.status, await response.json()]).toEqual([200, NO_MARGIN])
  await expectReply(hand.margin(''), 400, fault(400, 'Missing header sessiontoken'))
  await expectReply(hand.margin(token, { Accept: 'text/html' }), 400, fault(400))
  for (const sessionToken of ['0'.repeat(32), token.slice(0, -1)]) {
    await expectReply(hand.margin(sessionToken), 403, DEAD_SESSION)
  }
  for (const headers of [{ Authorization: `Bearer ${token}` }, { consumerKey: 'another' }]) {
    await expectReply(hand.margin(token, headers), 401, NO_ACCESS)
  }
  expect(broker.accepts({ session_token: token })).toBe(true)
  expect(broker.accepts({ access_token: token })).toBe(false)
})

test.each([
  ['08:30', Date.UTC(2026, 0, 5, 3, 0), 15.5 * 3_600_000],
  ['23:59', Date.UTC(2026, 0, 5, 18, 29), 60_000],
  ['00:00', Date.UTC(2026, 0, 5, 18, 30), 24 * 3_600_000],
])('a session that began at %s in India ends at the next midnight', async (_, madeAt, lifetimeMs) => {
  const { clock, hand } = await practise()
  clock.ms = madeAt
  const token = await hand.sessionToken()
  clock.ms = madeAt + lifetimeMs - 1
  await expectReply(hand.margin(token), 200, NO_MARGIN)
  clock.ms += 1
  await expectReply(hand.margin(token), 403, DEAD_SESSION)
})

test('signing out everywhere ends sessions made up to then, half-done ones too', async () => {
  const { broker, hand } = await practise()
  const before = await hand.sessionToken()
  const oneTimeToken = await hand.oneTimeToken()
  broker.endSessions()
  await expectReply(hand.margin(before), 403, DEAD_SESSION)
  await expectReply(hand.withoutCode(oneTimeToken), 401, DEAD_ONE_TIME_TOKEN)
  await expectReply(hand.margin(await hand.sessionToken()), 200, NO_MARGIN)
})
