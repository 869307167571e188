import { expect, test } from 'vitest'
import { expectReply, fieldIn } from '../by-hand.ts'
import { practise, requestTokenIn } from './by-hand.ts'

const DEAD_TOKEN = {
  status: 'error',
  message: 'Incorrect `api_key` or `access_token`.',
  data: null,
  error_type: 'TokenException',
}

test.each([
  ['23:00', Date.UTC(2026, 0, 5, 17, 30), 7 * 3_600_000],
  ['05:30', Date.UTC(2026, 0, 5, 0, 0), 30 * 60_000],
  ['06:00', Date.UTC(2026, 0, 5, 0, 30), 24 * 3_600_000],
])('a token made at %s in India dies at the next 06:00', async (_, madeAt, lifetimeMs) => {
  const { clock, hand } = await practise()
  clock.ms = madeAt
  const token = await hand.accessToken()
  clock.ms = madeAt + lifetimeMs - 1
  await expectReply(hand.profile(token), 200, { status: 'success' })
  clock.ms += 1
  await expectReply(hand.profile(token), 403, DEAD_TOKEN)
})

test('every login makes another token, also within one millisecond', async () => {
  const { hand } = await practise()
  const sessId = await hand.signIn()
  const tokens = new Set<string>()
  for (let count = 0; count < 3; count += 1) {
    const finish = await hand.web(hand.path('/connect/finish', sessId))
    const session = await hand.exchange(requestTokenIn(finish))
    tokens.add(fieldIn(await session.text(), 'access_token'))
  }
  expect(tokens.size).toBe(3)
})

test('a revoked token is dead, and only that one', async () => {
  const { clock, hand } = await practise()
  const first = await hand.accessToken()
  clock.ms += 30_000
  const second = await hand.accessToken()
  const revoke = (key: string, token: string, headers?: Record<string, string>) =>
    hand.api(`DELETE /session/token?api_key=${key}&access_token=${token}`, undefined, headers)

  await expectReply(revoke('practicekey00000', first, { 'x-kite-version': '1' }), 400, {
    error_type: 'InputException',
  })
  await expectReply(revoke('another', first), 403, DEAD_TOKEN)
  await expectReply(revoke('practicekey00000', ''), 400, { message: 'Missing or empty field `access_token`' })
  await expectReply(hand.profile(first), 200, { status: 'success' })
  await expectReply(revoke('practicekey00000', first), 200, { status: 'success', data: true })
  await expectReply(hand.profile(first), 403, DEAD_TOKEN)
  await expectReply(revoke('practicekey00000', first), 403, DEAD_TOKEN)
  await expectReply(hand.profile(second), 200, { status: 'success' })
})

test('the token to revoke is taken from the query, not from a body', async () => {
  const { broker, hand } = await practise()
  const access_token = await hand.accessToken()
  const { api_key } = broker.credentials
  await expectReply(hand.api('DELETE /session/token', { api_key, access_token }), 400, {
    message: 'Missing or empty field `api_key`',
  })
  await expectReply(hand.profile(access_token), 200, { status: 'success' })
})

test('a master logout ends tokens made up to then, and none made after', async () => {
  const { broker, clock, hand } = await practise()
  const before = await hand.accessToken()
  broker.endSessions()
  await expectReply(hand.profile(before), 403, DEAD_TOKEN)
  clock.ms += 30_000
  await expectReply(hand.profile(await hand.accessToken()), 200, { status: 'success' })
})
