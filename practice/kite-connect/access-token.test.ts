import { expect, test } from 'vitest'
import { expectReply, fieldIn } from '../test-client.ts'
import { startForTest, requestTokenIn } from './test-client.ts'

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
  const { clock, client } = await startForTest()
  clock.ms = madeAt
  const token = await client.accessToken()
  clock.ms = madeAt + lifetimeMs - 1
  await expectReply(client.profile(token), 200, { status: 'success' })
  clock.ms += 1
  await expectReply(client.profile(token), 403, DEAD_TOKEN)
})

test('every login makes another token, also within one millisecond', async () => {
  const { client } = await startForTest()
  const sessId = await client.signIn()
  const tokens = new Set<string>()
  for (let count = 0; count < 3; count += 1) {
    const finish = await client.web(client.path('/connect/finish', sessId))
    const session = await client.exchange(requestTokenIn(finish))
    tokens.add(fieldIn(await session.text(), 'access_token'))
  }
  expect(tokens.size).toBe(3)
})

test('a revoked token is dead, and only that one', async () => {
  const { clock, client } = await startForTest()
  const first = await client.accessToken()
  clock.ms += 30_000
  const second = await client.accessToken()
  const revoke = (key: string, token: string, headers?: Record<string, string>) =>
    client.api(`DELETE /session/token?api_key=${key}&access_token=${token}`, undefined, headers)

  await expectReply(revoke('practicekey00000', first, { 'x-kite-version': '1' }), 400, {
    error_type: 'InputException',
  })
  await expectReply(revoke('another', first), 403, DEAD_TOKEN)
  await expectReply(revoke('practicekey00000', ''), 400, { message: 'Missing or empty field `access_token`' })
  await expectReply(client.profile(first), 200, { status: 'success' })
  await expectReply(revoke('practicekey00000', first), 200, { status: 'success', data: true })
  await expectReply(client.profile(first), 403, DEAD_TOKEN)
  await expectReply(revoke('practicekey00000', first), 403, DEAD_TOKEN)
  await expectReply(client.profile(second), 200, { status: 'success' })
})

test('the token to revoke is taken from the query, not from a body', async () => {
  const { broker, client } = await startForTest()
  const access_token = await client.accessToken()
  const { api_key } = broker.credentials
  await expectReply(client.api('DELETE /session/token', { api_key, access_token }), 400, {
    message: 'Missing or empty field `api_key`',
  })
  await expectReply(client.profile(access_token), 200, { status: 'success' })
})

test('a master logout ends tokens made up to then, and none made after', async () => {
  const { broker, clock, client } = await startForTest()
  const before = await client.accessToken()
  broker.endSessions()
  await expectReply(client.profile(before), 403, DEAD_TOKEN)
  clock.ms += 30_000
  await expectReply(client.profile(await client.accessToken()), 200, { status: 'success' })
})
